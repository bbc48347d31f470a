using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using GatewayConfig.Channel;
using KubeApi.Objects;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Operator.Dns;
using Operator.Dns.Names;
using Operator.Dns.Peers;
using Operator.Dns.Push;
using Operator.Dns.Records;
using Operator.Dns.Resolving;
using Operator.Resources;
using Operator.Resources.DdnsRecords;
using TestSupport.Files;
using TestSupport.Time;
using RecordType = Operator.Dns.Resolving.RecordType;

namespace Operator.Tests.Dns.Peers;

/// <summary>Both ends of the talk between operators, over HTTP on loopback; zones are the test's.</summary>
public sealed class PeerTests : IAuthoritativeResolver, IRecordWorld, IReportBook, IAsyncLifetime, IDisposable
{
    private const string Token = "a token that is long enough";

    private readonly TemporaryFolder _folder = new("peers");
    private readonly Socket _listener = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly HttpClient _client = DnsServices.NewClient();
    private readonly ManualTime _time = new();
    private readonly CountingLogger _log = new();
    private readonly ConcurrentBag<string> _asked = [];
    private ImmutableArray<NameServer> _servers = [Server("9.9.9.53")];
    private TaskCompletionSource? _slow;
    private PushServer? _server;
    private PeerAnswerer _answerer = null!;
    private string? _token = "0123456789abcdef";

    private int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public async Task InitializeAsync()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        var file = _folder.Write("tokens", $"# who, and the token\nbranch 0123456789abcdef\nshort tooshort\n");
        var options = new PushOptions(
            new IPEndPoint(IPAddress.Loopback, 0), null, null, new PeerOptions(file, [Port], [IPNetwork.Parse("127.0.0.0/30")]));
        _server = new PushServer(
            options,
            new PushAnswerer(this, new DnsMetrics(new TestMeters()), TimeProvider.System, NullLogger<PushAnswerer>.Instance),
            NullLoggerFactory.Instance,
            new PeerAnswerer(options.Peers!, this, _time, _log));
        await _server.StartAsync(CancellationToken.None);
        _answerer = new PeerAnswerer(options.Peers!, this, _time, _log);    // without HTTP
    }

    [Fact]
    public async Task A_peer_says_whether_it_reaches_what_the_name_leads_to()
    {
        var asking = AskAsync("vpn.example.com", "127.0.0.1");
        using (await _listener.AcceptAsync().WaitAsync(TimeSpan.FromMinutes(1)))
        {
            // Who is dialled need not speak TLS to have been reached.
        }

        var seen = await asking;
        Assert.Equal(("127.0.0.1", null), (seen.Result!.Address, seen.Silence));
        Assert.Equal(["127.0.0.1"], seen.Result.Addresses);

        _listener.Close();
        var closed = await AskAsync("vpn.example.com", "127.0.0.1", port: _port);
        Assert.Null(closed.Result!.Address);
        Assert.Contains("tcp:", closed.Result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_address_it_says_where_the_name_leads_and_dials_nobody()
    {
        var seen = await AskAsync("vpn.example.com", null);

        Assert.Equal(["127.0.0.1"], seen.Result!.Addresses);
        Assert.False(_listener.Poll(0, SelectMode.SelectRead));
    }

    [Theory]
    [InlineData("vpn.example.com", "127.0.0.2", true)]     // not what the name leads to
    [InlineData("inside.example.com", "10.0.0.1", true)]   // not public
    [InlineData("vpn.example.com", "127.0.0.1", false)]    // not a port of the list
    [InlineData("nothing.example.com", "127.0.0.1", true)] // leads nowhere
    public async Task It_is_no_scanner(string name, string address, bool isRightPort)
    {
        var seen = await AskAsync(name, address, isRightPort ? Port : 22);

        Assert.Contains("does not look there", seen.Silence, StringComparison.Ordinal);
        Assert.False(_listener.Poll(0, SelectMode.SelectRead));
    }

    [Theory]
    [InlineData(Token, "does not know this token")]
    [InlineData("tooshort", "does not know this token")]
    [InlineData(null, "the Secret peer has no key token")]
    public async Task Strangers_are_not_looked_for(string? token, string words)
    {
        _token = token;

        Assert.Contains(words, (await AskAsync("vpn.example.com", "127.0.0.1")).Silence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_has_a_budget()
    {
        var silences = new List<string?>();
        for (var i = 0; i < 70; i++) silences.Add((await AskAsync("vpn.example.com", null)).Silence);

        Assert.Null(silences[0]);
        Assert.Contains(silences, silence => silence?.Contains("asked too often", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Of_the_zone_s_servers_a_few_are_asked_and_only_public_ones()
    {
        _servers =
        [
            Server("10.0.0.53"), Server("192.168.1.1"), Server("169.254.169.254"), Server("::1"),
            .. Enumerable.Range(1, 20).Select(i => Server($"9.9.9.{i}")),
        ];
        Assert.Equal(200, await LookAsync());
        Assert.Equal(Enumerable.Range(1, 8).Select(i => $"9.9.9.{i}"), _asked.Distinct().Order());

        _asked.Clear();
        _servers = [Server("10.0.0.53")];
        Assert.Equal(403, await LookAsync("127.0.0.1"));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task A_token_has_two_looks_at_a_time_and_none_lasts_for_long()
    {
        _slow = new TaskCompletionSource();
        Task<int>[] looks = [LookAsync(), LookAsync(), LookAsync()];
        Assert.Equal(2, _asked.Count);

        _slow.SetResult();
        Assert.All(await Task.WhenAll(looks), status => Assert.Equal(200, status));

        _slow = new TaskCompletionSource();
        looks = [LookAsync(), LookAsync(), LookAsync()];
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.All(await Task.WhenAll(looks), status => Assert.Equal(504, status));

        _slow = null;
        Assert.Equal(200, await LookAsync());    // places are given back
    }

    [Fact]
    public async Task A_stranger_cannot_fill_the_log_and_a_peer_at_the_same_address_goes_on()
    {
        var statuses = new List<int>();
        for (var i = 0; i < 50; i++) statuses.Add(await LookAsync(token: Token));

        Assert.Equal([.. Enumerable.Repeat(401, 20), .. Enumerable.Repeat(429, 30)], statuses);
        Assert.Equal(20, _log.Lines);
        Assert.Equal(200, await LookAsync());
    }

    [Fact]
    public async Task A_file_that_is_gone_for_a_while_shuts_no_peer_out_and_is_told_of_once()
    {
        Assert.Equal(200, await LookAsync());
        var before = _log.Lines;

        File.Move(_folder.File("tokens"), _folder.File("elsewhere"));
        for (var i = 0; i < 10; i++) Assert.Equal(200, await LookAsync());

        Assert.Equal(before + 1, _log.Lines);
    }

    public async Task DisposeAsync() => await _server!.DisposeAsync();

    public void Dispose()
    {
        _listener.Dispose();
        _client.Dispose();
        _folder.Dispose();
    }

    private int _port;

    private static NameServer Server(string address) => new("ns1.example.com", new IPEndPoint(IPAddress.Parse(address), 53));

    private async Task<int> LookAsync(string? address = null, string token = "0123456789abcdef") =>
        (await _answerer.AnswerAsync(
            IPAddress.Loopback, $"Bearer {token}", "vpn.example.com", address,
            Port.ToString(CultureInfo.InvariantCulture), CancellationToken.None)).Status;

    private Task<Operator.Dns.Vantages.Testimony> AskAsync(string name, string? address, int port = 0)
    {
        if (port == 0) port = _port = Port;
        var peer = new PeerOperator
        {
            Url = _server!.Url!.ToString(), TokenSecret = new SecretKeyReference { Name = "peer", Key = "token" },
        };
        return new PeerVantages(this, _client, TimeProvider.System)
            .AskAsync("vpn", peer, new ProbeRequest { Host = name, Address = address, Port = port }, CancellationToken.None);
    }

    Task<ZoneCut> IAuthoritativeResolver.FindZoneAsync(DomainName name, CancellationToken stopping) =>
        Task.FromResult(new ZoneCut(
            DomainName.Parse("example.com"), [DomainName.Parse("ns1.example.com")], DomainName.Parse("ns1.example.com"), 1,
            TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1)));

    Task<ImmutableArray<NameServer>> IAuthoritativeResolver.FindServersAsync(ZoneCut zone, CancellationToken stopping) =>
        Task.FromResult(_servers);

    async Task<ServerAnswer> IAuthoritativeResolver.AskAsync(
        NameServer server, DomainName name, RecordType type, CancellationToken stopping)
    {
        _asked.Add(server.EndPoint.Address.ToString());
        if (_slow is { } slow) await slow.Task.WaitAsync(stopping);
        var address = type == RecordType.Aaaa ? null : name.Text switch
        {
            "vpn.example.com" => IPAddress.Loopback,
            "inside.example.com" => IPAddress.Parse("10.0.0.1"),
            _ => null,
        };
        return address is null
            ? new ServerAnswer.Nothing(false, true)
            : new ServerAnswer.Data([new AnsweredRecord(type, TimeSpan.FromSeconds(60), address.ToString(), address)], true);
    }

    Task<ServerAnswer> IAuthoritativeResolver.AskResolverAsync(
        IPEndPoint resolver, DomainName name, RecordType type, CancellationToken stopping) =>
        throw new NotSupportedException();

    Task<CnameChain> IAuthoritativeResolver.FollowAsync(DomainName name, CancellationToken stopping) =>
        throw new NotSupportedException();

    Task<string?> IRecordWorld.FindSecretAsync(string ns, SecretKeyReference reference, CancellationToken stopping) =>
        Task.FromResult(_token);

    Task<string?> IRecordWorld.FindConfigMapAsync(string ns, ConfigMapKeyReference reference, CancellationToken stopping) =>
        Task.FromResult<string?>(null);

    AddressSet IRecordWorld.NodeAddresses(IReadOnlyDictionary<string, string> selector, IReadOnlyList<NodeAddressType> types) =>
        AddressSet.Empty;

    AddressSet IRecordWorld.ServiceAddresses(string ns, string name) => AddressSet.Empty;

    AddressSet IRecordWorld.GatewayAddresses(string ns, string name, IReadOnlyList<NodeAddressType> types, bool onlyReady) =>
        AddressSet.Empty;

    IReadOnlyList<ObjectKey> IRecordWorld.SiblingsOf(string ns, DnsProvider provider) => [];

    IReadOnlyList<string> IRecordWorld.ClaimantsOf(string fqdn) => [];

    ReportedRecord? IReportBook.Find(string fqdn) => null;

    Task<string?> IReportBook.FindTokenAsync(ReportedRecord record, CancellationToken stopping) => Task.FromResult<string?>(null);

    Task IReportBook.SaveAsync(ReportedRecord record, PushReport report, CancellationToken stopping) => Task.CompletedTask;

    private sealed class CountingLogger : ILogger<PeerAnswerer>
    {
        public int Lines { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines++;
    }
}
