using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using GatewayConfig.Channel;
using KubeApi.Queueing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Operator.Certificates.InternalCa;
using Operator.Gateways;
using Operator.Gateways.Channel;
using Operator.Gateways.Desk;
using Operator.Reconciling;
using Operator.Tests.Reconciling;
using TestSupport.Time;
using TestSupport.Waiting;

namespace Operator.Tests.Gateways.Desk;

/// <summary>The desk's controller at work on an API in memory, with two gateways that have one pod each.</summary>
public sealed class DeskTest : IAsyncDisposable
{
    public const string DeskPath = "/api/v1/namespaces/ns/secrets/home-desk";

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly CancellationTokenSource _stopping = new();
    private readonly GatewayWorld _world;
    private readonly DeskController _controller;
    private Task _running = Task.CompletedTask;

    private DeskTest()
    {
        _world = new GatewayWorld(Gateways);
        Publisher = new GatewayRevocationPublisher(_world.Caches, _world.Fleet, Time);
        var meters = _services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>();
        var services = new ControllerServices(
            _world.Client,
            _world.Watches,
            _world.Secrets,
            Events,
            new QueueMetrics(meters),
            new ReconcileMetrics(meters),
            Time,
            NullLogger<ControllerServices>.Instance);
        var clerk = new DeskClerk(_world.Caches, _world.Fleet, Time);
        _controller = new DeskController(_world.Caches, _world.Secrets, clerk, services, NullLogger<DeskController>.Instance);
        Put("home", "10.0.0.1");
        Put("other", "10.0.0.2");
    }

    public ManualTime Time => _world.Time;

    /// <summary>How often the operator tried to make the desk, and was beaten.</summary>
    public int Tries { get; private set; }

    public InMemoryApi Api => _world.Api;

    internal FakeGateways Gateways { get; } = new();

    /// <summary>Talks to the same gateways.</summary>
    internal GatewayRevocationPublisher Publisher { get; }

    public ControllerTest.RecordedEvents Events { get; } = new();

    /// <summary>Starts the operator's part, and waits for the desk.</summary>
    public static async Task<DeskTest> StartAsync()
    {
        var test = new DeskTest();
        await test.BeginAsync();
        return test;
    }

    /// <summary>Starts the operator's part where another Secret has the desk's name already.</summary>
    public static async Task<DeskTest> StartBesideAsync(JsonObject secret)
    {
        var test = new DeskTest();
        test.Api.Put(DeskPath, secret);
        await test.BeginAsync();
        return test;
    }

    /// <summary>Starts the operator's part, and somebody else makes a Secret with the desk's
    /// name between its look and its own try.</summary>
    public static async Task<DeskTest> StartBeatenAsync(JsonObject secret)
    {
        var test = new DeskTest();
        test.Api.BeforeCreate = path =>
        {
            if (path != DeskPath) return;
            test.Tries++;
            test.Api.Put(path, secret);
        };
        await test.BeginAsync();
        return test;
    }

    private async Task BeginAsync()
    {
        await _world.Channel.AuthorityAsync(_stopping.Token);
        _running = Task.WhenAll(_world.Watches.RunAsync(_stopping.Token), RunAsync());
        await Eventually.TrueAsync("the desk", TimeSpan.FromSeconds(30), () => Task.FromResult(Api.Find(DeskPath) is not null));

        async Task RunAsync()
        {
            await Eventually.TrueAsync("the caches", TimeSpan.FromSeconds(30), () => Task.FromResult(_world.Watches.AreSynced));
            await _controller.RunAsync(_stopping.Token);
        }
    }

    /// <summary>Puts a request on the desk and waits for what comes of it.</summary>
    public async Task<DeskAnswer> AskAsync(string id, DeskRequest request)
    {
        Put((id, DeskFormat.Write(request)));
        return await AnswerAsync(id);
    }

    /// <summary>Puts requests on the desk, all at once.</summary>
    public void Put(params (string Id, byte[] Content)[] requests) => Api.Change(DeskPath, secret =>
    {
        foreach (var (id, content) in requests) Data(secret)[DeskFormat.RequestKey(id)] = Convert.ToBase64String(content);
    });

    public async Task<DeskAnswer> AnswerAsync(string id)
    {
        await Eventually.TrueAsync(
            "the answer", TimeSpan.FromSeconds(30), () => Task.FromResult(Content(DeskFormat.AnswerKey(id)) is not null));
        return DeskFormat.ReadAnswer(Content(DeskFormat.AnswerKey(id))!)!;
    }

    public byte[]? Content(string key) =>
        (string?)Api.Find(DeskPath)?["data"]?[key] is { } text ? Convert.FromBase64String(text) : null;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _controller.Dispose();
        _world.Dispose();
        _stopping.Dispose();
        await _services.DisposeAsync();
    }

    private static JsonObject Data(JsonObject secret)
    {
        if (secret["data"] is not JsonObject data) secret["data"] = data = [];
        return data;
    }

    private void Put(string gateway, string address)
    {
        _world.PutGateway(gateway, new JsonObject { ["hostname"] = $"{gateway}.example.org" });
        Api.Put($"/api/v1/namespaces/ns/pods/{gateway}-pod", new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{gateway}-pod",
                ["namespace"] = "ns",
                ["labels"] = new JsonObject { ["vpn.sstp-operator.dev/gateway"] = gateway },
            },
            ["spec"] = new JsonObject { ["nodeName"] = "node1" },
            ["status"] = new JsonObject { ["phase"] = "Running", ["podIP"] = address },
        });
    }

    /// <summary>Gateways by their address.</summary>
    internal sealed class FakeGateways : IGatewayChannels
    {
        public ConcurrentDictionary<string, FakeGateway> ByAddress { get; } = new();

        public FakeGateway Home => ByAddress.GetOrAdd("10.0.0.1", address => new FakeGateway(address));

        public FakeGateway Other => ByAddress.GetOrAdd("10.0.0.2", address => new FakeGateway(address));

        public IGatewayChannel Open(GatewayEndPoint endPoint)
        {
            var gateway = ByAddress.GetOrAdd(endPoint.Address.Address.ToString(), address => new FakeGateway(address));
            gateway.EndPoint = endPoint;
            return gateway;
        }
    }

    internal sealed class FakeGateway(string address) : IGatewayChannel
    {
        public GatewayEndPoint EndPoint { get; set; } =
            new(new System.Net.IPEndPoint(System.Net.IPAddress.Parse(address), 1), address);

        public List<SessionReport> Calls { get; } = [];

        public List<long> Ended { get; } = [];

        public string? Fault { get; set; }

        /// <summary>A mistake in the program: for calls of these numbers.</summary>
        public HashSet<long> Bugs { get; } = [];

        /// <summary>Revocation lists that it was sent.</summary>
        public List<string> Lists { get; } = [];

        /// <summary>What it says to them.</summary>
        public ServingReport Serving { get; set; } = new() { IsServing = true };

        public Task<IReadOnlyList<SessionReport>> GetSessionsAsync(CancellationToken stopping) => Fault is null
            ? Task.FromResult<IReadOnlyList<SessionReport>>([.. Calls])
            : throw new GatewayChannelException(EndPoint, ChannelFault.Unreachable, Fault);

        public Task<bool> DisconnectAsync(long session, CancellationToken stopping)
        {
            if (Bugs.Contains(session)) throw new InvalidOperationException("a bug");
            Ended.Add(session);
            return Task.FromResult(true);
        }

        public Task<ProbeResult> ProbeAsync(ProbeRequest request, CancellationToken stopping) =>
            throw new NotSupportedException();

        public Task PutProbeTargetsAsync(ProbeTargets targets, CancellationToken stopping) => throw new NotSupportedException();

        public void Dispose()
        {
        }

        public Task<GatewayStatus> GetStatusAsync(CancellationToken stopping) => throw new NotSupportedException();

        public Task<PushResult> PushAsync(ConfigurationBundle bundle, CancellationToken stopping) =>
            throw new NotSupportedException();

        public Task<ServingReport> PutHttpChallengeAsync(string token, HttpChallenge challenge, CancellationToken stopping) =>
            throw new NotSupportedException();

        public Task DeleteHttpChallengeAsync(string token, CancellationToken stopping) => throw new NotSupportedException();

        public Task<ServingReport> PutTlsAlpnChallengeAsync(
            string name, TlsAlpnChallenge challenge, CancellationToken stopping) =>
            throw new NotSupportedException();

        public Task DeleteTlsAlpnChallengeAsync(string name, CancellationToken stopping) => throw new NotSupportedException();

        public Task<ServingReport> PublishRevocationListAsync(string name, ReadOnlyMemory<byte> list, CancellationToken stopping)
        {
            Lists.Add(name);
            return Task.FromResult(Serving);
        }

        public Task WithdrawRevocationListAsync(string name, CancellationToken stopping) => throw new NotSupportedException();

        public Task<DrainReport> DrainAsync(CancellationToken stopping) => throw new NotSupportedException();

        public Task<string> GetMetricsAsync(CancellationToken stopping) => throw new NotSupportedException();
    }
}
