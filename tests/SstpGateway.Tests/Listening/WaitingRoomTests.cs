using System.Net;
using SstpGateway.Listening;

namespace SstpGateway.Tests.Listening;

public sealed class WaitingRoomTests
{
    private readonly WaitingRoom _room = new(most: 3, mostOfSource: 2);
    private readonly List<string> _sentAway = [];

    [Fact]
    public void When_it_is_full_whoever_was_there_longest_makes_room()
    {
        Enter("192.0.2.1", "first");
        Enter("192.0.2.2", "second");
        Enter("192.0.2.3", "third");
        Assert.Empty(_sentAway);

        Enter("192.0.2.4", "fourth");
        Enter("192.0.2.5", "fifth");

        Assert.Equal(["first", "second"], _sentAway);
    }

    [Fact]
    public void One_source_sends_nobody_away_but_its_own()
    {
        Enter("192.0.2.7", "another, from before");
        Enter("192.0.2.1", "one");
        var two = Enter("192.0.2.1", "two");
        Assert.Empty(_sentAway);

        Enter("192.0.2.1", "three");
        Enter("::ffff:192.0.2.1", "the same, written otherwise");
        Assert.Equal(["one", "two"], _sentAway);

        two.Dispose();
        Enter("192.0.2.1", "four");
        Assert.Equal(["one", "two", "three"], _sentAway);
    }

    [Fact]
    public void Whoever_has_left_takes_up_no_room_and_is_not_sent_away()
    {
        var first = Enter("192.0.2.1", "first");
        Enter("192.0.2.2", "second");
        Enter("192.0.2.3", "third");

        first.Dispose();
        first.Dispose();
        Enter("192.0.2.4", "fourth");
        Assert.Empty(_sentAway);

        Enter("192.0.2.5", "fifth");
        Assert.Equal(["second"], _sentAway);
    }

    [Fact]
    public void Whoever_was_sent_away_counts_for_its_source_no_more()
    {
        var first = Enter("192.0.2.1", "first");
        Enter("192.0.2.1", "second");
        Enter("192.0.2.2", "third");
        Enter("192.0.2.3", "fourth");

        Enter("192.0.2.1", "fifth");
        first.Dispose();
        Assert.Equal(["first", "second"], _sentAway);
        Enter("192.0.2.1", "sixth");
        Assert.Equal(["first", "second", "third"], _sentAway);
        Enter("192.0.2.1", "seventh");
        Assert.Equal(["first", "second", "third", "fifth"], _sentAway);
    }

    private WaitingRoom.Guest Enter(string source, string name) =>
        _room.Enter(IPAddress.Parse(source), () => _sentAway.Add(name), out _);
}
