using System.Net;
using SstpGateway.Dns.Upstream;
using SstpProtocol;

namespace SstpGateway.Tests.Dns.Upstream;

public sealed class SuspectServersTests
{
    private static readonly IPEndPoint A = IPEndPoint.Parse("192.0.2.1:53");
    private static readonly IPEndPoint B = IPEndPoint.Parse("192.0.2.2:53");
    private static readonly MonotonicTime Start = new(5000);

    private readonly SuspectServers _suspects = new(TimeSpan.FromSeconds(10));

    [Fact]
    public void A_silent_server_is_asked_last_until_its_time_is_over()
    {
        Assert.True(_suspects.Accuse(A, Start));

        Assert.Equal([B, A], _suspects.Order([A, B], Start + TimeSpan.FromSeconds(9)));
        Assert.Equal([A, B], _suspects.Order([A, B], Start + TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void An_answer_clears_it_at_once()
    {
        _suspects.Accuse(A, Start);

        Assert.True(_suspects.Acquit(A));
        Assert.False(_suspects.Acquit(A));
        Assert.Equal([A, B], _suspects.Order([A, B], Start));
    }

    [Fact]
    public void Says_once_that_a_server_has_become_suspect()
    {
        Assert.True(_suspects.Accuse(A, Start));
        Assert.False(_suspects.Accuse(A, Start + TimeSpan.FromSeconds(5)));
    }
}
