using System.Net;
using System.Net.Sockets;
using GatewayConfig.Channel;
using Microsoft.Extensions.Logging.Abstractions;
using SstpGateway.Admin.Probing;
using TestSupport.Time;

namespace SstpGateway.Tests.Admin.Probing;

public sealed class ProbeGuardTests
{
    private readonly ManualTime _time = new();
    private readonly ProbeGuard _guard;

    public ProbeGuardTests() => _guard = new ProbeGuard(_time, NullLogger.Instance);

    [Fact]
    public void It_looks_at_nothing_that_it_was_not_told_of()
    {
        Assert.False(Enter("203.0.113.1", out var refusal));
        Assert.Contains("was not told of 203.0.113.1:443", refusal!.Message, StringComparison.Ordinal);
        Assert.False(refusal.IsForNow);

        Assert.Null(_guard.Replace(new ProbeTargets { Targets = ["203.0.113.1:443"] }));
        Assert.True(Enter("203.0.113.1", out _));
        Assert.False(Enter("203.0.113.1", out _, port: 444));
        Assert.False(Enter("203.0.113.2", out _));

        Assert.Null(_guard.Replace(new ProbeTargets { Targets = ["[2001:db8::1]:443"] }));
        Assert.False(Enter("203.0.113.1", out _));
        Assert.True(Enter("2001:db8::1", out _));
    }

    [Theory]
    [InlineData("127.0.0.1:443")]
    [InlineData("[::1]:443")]
    [InlineData("169.254.169.254:80")]
    [InlineData("[fe80::1]:443")]
    [InlineData("224.0.0.1:443")]
    [InlineData("255.255.255.255:443")]
    [InlineData("0.0.0.0:443")]
    [InlineData("[::ffff:127.0.0.1]:443")]
    [InlineData("203.0.113.1")]
    [InlineData("vpn.example.org:443")]
    public void The_hosts_own_business_is_refused_whoever_says_otherwise(string target)
    {
        Assert.Null(_guard.Replace(new ProbeTargets { Targets = ["203.0.113.9:443"] }));

        Assert.NotNull(_guard.Replace(new ProbeTargets { Targets = ["203.0.113.1:443", target] }));

        Assert.False(Enter("203.0.113.1", out _));
        Assert.True(Enter("203.0.113.9", out _));
    }

    [Fact]
    public void More_targets_than_there_is_room_for_are_a_mistake()
    {
        var many = Enumerable.Range(0, ProbeTargets.Capacity + 1).Select(i => $"203.0.{i / 256}.{i % 256}:443").ToArray();

        Assert.Contains("give at most 8192", _guard.Replace(new ProbeTargets { Targets = many }), StringComparison.Ordinal);
    }

    [Fact]
    public void Looks_are_bounded_in_a_second_and_at_a_time()
    {
        _guard.Replace(new ProbeTargets { Targets = ["203.0.113.1:443"] });

        var held = Enumerable.Range(0, ProbeGuard.MaxAtATime)
            .Select(_ => _guard.TryEnter(Request("203.0.113.1"), out ProbeRefusal? _)).ToArray();
        Assert.DoesNotContain(null, held);
        Assert.Null(_guard.TryEnter(Request("203.0.113.1"), out var full));
        Assert.True(full!.IsForNow);
        foreach (var place in held) place!.Dispose();

        for (var i = ProbeGuard.MaxAtATime; i < ProbeGuard.MaxASecond; i++) Assert.True(Enter("203.0.113.1", out _));
        Assert.False(Enter("203.0.113.1", out var fast));
        Assert.Contains("in a second", fast!.Message, StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.True(Enter("203.0.113.1", out _));
        Assert.False(Enter("203.0.113.1", out _));
    }

    [Fact]
    public async Task A_name_is_dialled_only_where_it_leads_to_a_target()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var request = new ProbeRequest
        {
            Host = "localhost", Port = ((IPEndPoint)listener.LocalEndPoint!).Port, Depth = ProbeDepth.Tcp,
        };

        var seen = await new HostProbe(_guard).LookAsync(request, CancellationToken.None);

        Assert.False(seen.IsReachable);
        Assert.Contains("of which this gateway was not told", seen.Problem, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", seen.Addresses);
        Assert.False(listener.Poll(0, SelectMode.SelectRead));
    }

    private bool Enter(string address, out ProbeRefusal? refusal, int port = 443)
    {
        using var place = _guard.TryEnter(Request(address, port), out refusal);
        return place is not null;
    }

    private static ProbeRequest Request(string address, int port = 443) =>
        new() { Host = "vpn.example.org", Address = address, Port = port };
}
