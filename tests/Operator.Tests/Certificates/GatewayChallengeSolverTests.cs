using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Operator.Certificates.Challenges;
using Operator.Certificates.Ordering;
using Operator.Dns.Names;
using Operator.Dns.Resolving;
using Operator.Resources.SstpCertificates;

namespace Operator.Tests.Certificates;

/// <summary>What is found out before a CA is asked to look at a gateway.</summary>
public sealed class GatewayChallengeSolverTests
{
    private static readonly ChallengeProgress Challenge = new(
        "vpn.office.test", ChallengeKind.Http01, new Uri("https://ca.test/authz/1"), new Uri("https://ca.test/chall/1"), "token",
        new ChallengeSolver { Kind = ChallengeKind.Http01, Http01 = new GatewaySolver { VpnGatewayName = "office" } },
        "vpn.office.test", "token.thumbprint");

    private readonly Answers _gateways = new();
    private readonly Addresses _addresses = new();
    private readonly Probe _probe = new();

    [Fact]
    public async Task A_record_that_nobody_removed_is_found_before_the_CA_finds_it()
    {
        _addresses.Known = [IPAddress.Parse("192.0.2.1"), IPAddress.Parse("2001:db8::1")];
        _probe.Answering = [IPAddress.Parse("192.0.2.1")];

        var missing = await CheckAsync();

        Assert.Contains("2001:db8::1", missing);
        Assert.DoesNotContain("192.0.2.1", missing);
    }

    [Fact]
    public async Task All_addresses_have_to_answer_and_then_nothing_is_missing()
    {
        _addresses.Known = [IPAddress.Parse("192.0.2.1"), IPAddress.Parse("2001:db8::1")];
        _probe.Answering = _addresses.Known;

        Assert.Null(await CheckAsync());
    }

    [Fact]
    public async Task A_name_without_addresses_is_said_to_have_none() =>
        Assert.Contains("neither A nor AAAA", await CheckAsync());

    [Fact]
    public async Task A_gateway_that_does_not_confirm_comes_before_any_look_from_outside()
    {
        _gateways.Missing = "office-gateway-x7: port 80 is taken by another program";

        Assert.Contains("port 80 is taken", await CheckAsync());
        Assert.Equal(0, _probe.Asked);
        var failure = await Assert.ThrowsAsync<ChallengeException>(
            () => Solver().PresentAsync("vpn", Challenge, CancellationToken.None));
        Assert.Contains("port 80 is taken", failure.Message);
    }

    [Fact]
    public async Task The_look_from_outside_can_be_left_out()
    {
        var challenge = Challenge with
        {
            Solver = new ChallengeSolver
            {
                Kind = ChallengeKind.Http01, Http01 = new GatewaySolver { VpnGatewayName = "office", SelfCheck = false },
            },
        };

        Assert.Null(await Solver().CheckAsync("vpn", challenge, CancellationToken.None));
        Assert.Equal(0, _probe.Asked);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\ntoken.thumbprint", null)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nsomething else", "and not the proof")]
    [InlineData("HTTP/1.1 404 Not Found\r\n\r\ntoken.thumbprint", "404")]
    [InlineData("", "and not the proof")]
    public async Task A_probe_takes_the_proof_and_nothing_else(string answer, string? expected)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, answer);
        var probe = new AnswerProbe((_, stopping) => AnswerProbe.DialAsync((IPEndPoint)listener.LocalEndpoint, stopping));

        var missing = await probe.ProbeAsync(IPAddress.Loopback, Challenge, CancellationToken.None);

        var request = await serving;
        Assert.StartsWith(
            "GET /.well-known/acme-challenge/token HTTP/1.1\r\nHost: vpn.office.test\r\n", request, StringComparison.Ordinal);
        if (expected is null) Assert.Null(missing);
        else Assert.Contains(expected, missing);
    }

    [Fact]
    public async Task A_family_without_a_route_from_here_is_left_to_the_CA()
    {
        var probe = new AnswerProbe((_, _) => throw new SocketException((int)SocketError.NetworkUnreachable));
        var refusing = new AnswerProbe((_, _) => throw new SocketException((int)SocketError.ConnectionRefused));

        Assert.Null(await probe.ProbeAsync(IPAddress.IPv6Loopback, Challenge, CancellationToken.None));
        Assert.Contains(
            "is the address still ours", await refusing.ProbeAsync(IPAddress.Loopback, Challenge, CancellationToken.None));
    }

    private GatewayChallengeSolver Solver() => new(ChallengeKind.Http01, _gateways, _probe, _addresses);

    private Task<string?> CheckAsync() => Solver().CheckAsync("vpn", Challenge, CancellationToken.None);

    private static async Task<string> ServeAsync(TcpListener listener, string answer)
    {
        using var socket = await listener.AcceptSocketAsync();
        var buffer = new byte[4096];
        var length = await socket.ReceiveAsync(buffer);
        await socket.SendAsync(Encoding.ASCII.GetBytes(answer));
        return Encoding.ASCII.GetString(buffer, 0, length);
    }

    private sealed class Answers : IGatewayAnswers
    {
        public string? Missing { get; set; }

        public Task<string?> PresentAsync(
            string @namespace, string vpnGateway, ChallengeProgress challenge, CancellationToken stopping) =>
            Task.FromResult(Missing);

        public Task RemoveAsync(string @namespace, string vpnGateway, ChallengeProgress challenge, CancellationToken stopping) =>
            Task.CompletedTask;
    }

    private sealed class Probe : IAnswerProbe
    {
        public IReadOnlyList<IPAddress> Answering { get; set; } = [];

        public int Asked { get; private set; }

        public Task<string?> ProbeAsync(IPAddress address, ChallengeProgress challenge, CancellationToken stopping)
        {
            Asked++;
            return Task.FromResult(Answering.Contains(address) ? null : $"{address} does not answer");
        }
    }

    private sealed class Addresses : IAuthoritativeResolver
    {
        public IReadOnlyList<IPAddress> Known { get; set; } = [];

        public Task<ZoneCut> FindZoneAsync(DomainName name, CancellationToken stopping) =>
            Task.FromResult(new ZoneCut(name, [name], name, 1, TimeSpan.FromHours(1), TimeSpan.FromMinutes(1)));

        public Task<ImmutableArray<NameServer>> FindServersAsync(ZoneCut zone, CancellationToken stopping) =>
            Task.FromResult<ImmutableArray<NameServer>>([new NameServer("ns", new IPEndPoint(IPAddress.Loopback, 53))]);

        public Task<ServerAnswer> AskAsync(NameServer server, DomainName name, RecordType type, CancellationToken stopping)
        {
            var family = type == RecordType.A ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
            var found = Known.Where(address => address.AddressFamily == family)
                .Select(address => new AnsweredRecord(type, TimeSpan.FromMinutes(1), address.ToString(), address))
                .ToImmutableArray();
            return Task.FromResult<ServerAnswer>(
                found.IsEmpty ? new ServerAnswer.Nothing(true, true) : new ServerAnswer.Data(found, true));
        }

        public Task<ServerAnswer> AskResolverAsync(
            IPEndPoint resolver, DomainName name, RecordType type, CancellationToken stopping) =>
            throw new NotSupportedException();

        public Task<CnameChain> FollowAsync(DomainName name, CancellationToken stopping) =>
            Task.FromResult(new CnameChain([name]));
    }
}
