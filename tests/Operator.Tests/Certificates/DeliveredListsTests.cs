using Operator.Certificates.InternalCa;
using TestSupport.Time;

namespace Operator.Tests.Certificates;

public sealed class DeliveredListsTests
{
    private static readonly byte[] List = [1, 2, 3];

    private readonly ManualTime _time = new();
    private readonly DeliveredLists _delivered;

    public DeliveredListsTests() => _delivered = new DeliveredLists(_time);

    [Fact]
    public void A_list_is_delivered_once_it_is_confirmed()
    {
        Assert.False(_delivered.Has("ns/pod", "ca", List));

        _delivered.Confirm("ns/pod", "ca", List);

        Assert.True(_delivered.Has("ns/pod", "ca", [.. List]));
    }

    [Fact]
    public void Another_content_another_list_and_another_pod_are_not()
    {
        _delivered.Confirm("ns/pod", "ca", List);

        Assert.False(_delivered.Has("ns/pod", "ca", [1, 2, 4]));
        Assert.False(_delivered.Has("ns/pod", "other", List));
        Assert.False(_delivered.Has("ns/other", "ca", List));
    }

    [Fact]
    public void It_is_believed_for_an_hour()
    {
        _delivered.Confirm("ns/pod", "ca", List);

        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.True(_delivered.Has("ns/pod", "ca", List));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(_delivered.Has("ns/pod", "ca", List));
    }

    [Fact]
    public void A_later_confirmation_of_one_leaves_the_others_that_are_still_good()
    {
        _delivered.Confirm("ns/old", "ca", List);
        _time.Advance(TimeSpan.FromMinutes(30));
        _delivered.Confirm("ns/young", "ca", List);
        _time.Advance(TimeSpan.FromMinutes(45));
        _delivered.Confirm("ns/new", "ca", List);

        Assert.False(_delivered.Has("ns/old", "ca", List));
        Assert.True(_delivered.Has("ns/young", "ca", List));
        Assert.True(_delivered.Has("ns/new", "ca", List));
    }
}
