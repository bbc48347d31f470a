using GatewayConfig.Channel;
using KubectlSstp.Calls;
using KubectlSstp.Cluster;

namespace KubectlSstp.Tests.Calls;

public class CallChoiceTests
{
    private static readonly DateTimeOffset Begin = DateTimeOffset.UnixEpoch;

    [Fact]
    public void Numbers_name_calls() =>
        Assert.Equal([2L], KickCommand.Choose([Row("a", 1), Row("a", 2)], [2, 2]).Select(row => row.Call.Id));

    [Fact]
    public void A_number_on_two_gateways_is_not_guessed() =>
        Assert.Contains(
            "--gateway", Assert.Throws<RefusedException>(() => KickCommand.Choose([Row("a", 1), Row("b", 1)], [1])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void One_number_that_is_not_there_ends_nothing() =>
        Assert.Contains(
            "Nothing was ended", Assert.Throws<RefusedException>(() => KickCommand.Choose([Row("a", 1)], [1, 2])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Rates_are_between_two_looks_and_the_busiest_comes_first()
    {
        var before = new TopSample(Begin, [Row("a", 1, 0, 0), Row("a", 2, 1000, 0)]);
        var now = new TopSample(Begin.AddSeconds(2), [Row("a", 1, 1000, 250_000), Row("a", 2, 1000, 0), Row("a", 3, 9, 9)]);

        var lines = now.Table(before, 20).ToText().Split('\n');

        Assert.Matches("^vpn +a +1 .* 4 kbit/s +1 Mbit/s +245.1 KiB$", lines[1]);
        Assert.Matches("^vpn +a +2 .* 0 bit/s +0 bit/s ", lines[2]);
        Assert.Matches("^vpn +a +3 .* - +- ", lines[3]);
        Assert.Equal("3 calls, from clients 4 kbit/s, to clients 1 Mbit/s", now.Headline(before));
        Assert.Equal("3 calls, from clients -, to clients -", now.Headline(null));
        Assert.Equal(3, now.Table(before, 1).ToText().Split('\n').Length);
    }

    [Fact]
    public void A_call_that_took_the_number_of_another_has_no_rate_yet()
    {
        var before = new TopSample(Begin, [Row("a", 1, 5_000_000, 0)]);
        var later = Row("a", 1, 10, 0);
        var now = new TopSample(Begin.AddSeconds(2), [later with { Call = later.Call with { Since = Begin.AddSeconds(1) } }]);

        Assert.Matches(" - +- +10 B", now.Table(before, 5).ToText());
    }

    private static CallRow Row(string gateway, long id, long received = 0, long sent = 0) => new(
        "vpn", gateway, null,
        new SessionReport(id, "alice", "203.0.113.1:1", "10.0.0.2", null, Begin, received, sent, null, "TLS 1.3", "PAP"));
}
