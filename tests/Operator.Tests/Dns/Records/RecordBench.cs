using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeApi.Events;
using KubeApi.Objects;
using Microsoft.Extensions.Logging.Abstractions;
using Operator.Dns;
using Operator.Dns.Accounts;
using Operator.Dns.Failover;
using Operator.Dns.Names;
using Operator.Dns.Push;
using Operator.Dns.Reachability;
using Operator.Dns.Records;
using Operator.Dns.Resolving;
using Operator.Dns.Routers;
using Operator.Dns.Sources;
using Operator.Dns.Verifying;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.DdnsRecords;
using Operator.Tests.Dns.Providers.Cloudflare;
using TestSupport.Time;

namespace Operator.Tests.Dns.Records;

/// <summary>One record with its reconciler, a Cloudflare made of its documentation, servers that answer from it,
/// and a clock of the test's.</summary>
internal sealed class RecordBench : IRecordWorld, IAuthoritativeResolver, IEventRecorder, ITargetProbe
{
    private DdnsReconciler _reconciler;
    private JsonObject _resource;

    public RecordBench(string spec, string name = "office")
    {
        _reconciler = MakeReconciler();
        _resource = new JsonObject
        {
            ["apiVersion"] = ApiGroup.ApiVersion,
            ["kind"] = "DdnsRecord",
            ["metadata"] = new JsonObject
            {
                ["namespace"] = "vpn",
                ["name"] = name,
                ["uid"] = $"uid-{name}",
                ["generation"] = 1L,
                ["annotations"] = new JsonObject(),
            },
            ["spec"] = JsonNode.Parse(spec),
        };
    }

    public ManualTime Time { get; } = new();

    public CloudflareServer Server { get; } = new();

    /// <summary>The token's Secret; null: there is none.</summary>
    public string? Token { get; set; } = CloudflareServer.Token;

    public List<string> Claimants { get; } = [];

    public AddressSet Nodes { get; set; } = AddressSet.Empty;

    /// <summary>What a second server says instead of the zone's content; null: the content.</summary>
    public AddressSet? SecondServer { get; set; }

    public HashSet<string> Down { get; } = [];

    public Dictionary<RouterProtocol, IRouterProtocol> Routers { get; } = [];

    public ScriptedVantages Vantages { get; } = new();

    public List<string> Events { get; } = [];

    public TimeSpan? Again { get; private set; }

    public DdnsRecordStatus Status => Resource.Value.Status!;

    public KubeObject<DdnsRecord> Resource => new(Kinds.DdnsRecords, JsonSerializer.SerializeToElement(_resource));

    /// <param name="source">The section "source" or "failover".</param>
    /// <param name="more">Further sections, each with a comma before it.</param>
    public static string Spec(string source, string policy = "{}", string more = "") =>
        """
        {"fqdn":"vpn.example.com","recordTypes":["A"],"provider":{"kind":"Cloudflare","cloudflare":{"tokenSecret":{"name":"cf","key":"token"}}},
        """ + source + ",\"policy\":" + policy + more + "}";

    public static string Static(params string[] addresses) =>
        "\"source\":{\"kind\":\"Static\",\"static\":{\"addresses\":" + JsonSerializer.Serialize(addresses) + "}}";

    public RecordBench Annotate(string name, string value)
    {
        _resource["metadata"]!["annotations"]![name] = value;
        return this;
    }

    public void Change(string spec)
    {
        _resource["spec"] = JsonNode.Parse(spec);
        _resource["metadata"]!["generation"] = (long)_resource["metadata"]!["generation"]! + 1;
    }

    public void Report(params string[] addresses) =>
        Annotate(PushReport.Annotation, new PushReport(Time.GetUtcNow(), AddressSet.Parse(addresses)).ToText());

    public async Task<DdnsRecordStatus> PassAsync(bool isRequested = false, bool isPaused = false)
    {
        var outcome = await _reconciler.ReconcileAsync(
            new Pass<DdnsRecord>(Resource, isPaused, isRequested, 0), CancellationToken.None);
        Again = outcome.Again;
        _resource["status"] = JsonSerializer.SerializeToNode(outcome.Status, ResourceJson.Info<DdnsRecordStatus>());
        return outcome.Status;
    }

    /// <summary>Passes as the queue would make them, for so long.</summary>
    public async Task RunAsync(TimeSpan length)
    {
        var end = Time.GetUtcNow() + length;
        while (Time.GetUtcNow() < end)
        {
            await PassAsync();
            var again = Again is { } asked && asked > TimeSpan.Zero ? asked : TimeSpan.FromSeconds(1);
            Time.Advance(again < end - Time.GetUtcNow() ? again : end - Time.GetUtcNow());
        }
    }

    /// <summary>Runs until the name leads to an address in the zone.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> RunUntilAsync(string address, TimeSpan longest)
    {
        var begin = Time.GetUtcNow();
        while (!Zone().Contains($"A vpn.example.com {address}"))
        {
            Assert.True(Time.GetUtcNow() - begin < longest, $"not at {address} after {longest}");
            await RunAsync(TimeSpan.FromSeconds(1));
        }

        return Time.GetUtcNow() - begin;
    }

    /// <summary>The operator starts anew: what is not in the status is forgotten.</summary>
    public void Restart() => _reconciler = MakeReconciler();

    public Task<CleanUp> DeleteAsync() =>
        _reconciler.CleanUpAsync(new Pass<DdnsRecord>(Resource, false, false, 0), CancellationToken.None);

    public Condition Condition(string type) => Status.Conditions.Single(condition => condition.Type == type);

    public string[] Zone() =>
    [
        .. Server.Records.Select(record => $"{record["type"]} {record["name"]} {record["content"]}")
            .Order(StringComparer.Ordinal),
    ];

    private DdnsReconciler MakeReconciler()
    {
        var metrics = new DnsMetrics(new TestMeters());
        var news = new RecordNews(this);
        var sources = new SourceOpener(this, new FamilyClients(), Routers, Time);
        var providers = new ProviderOpener(this, Server, new ServiceAccounts(metrics, Time), metrics, Time);
        return new DdnsReconciler(
            this, providers,
            new SourceReader(sources, news, metrics, Time),
            new TargetFollower(
                new FailoverDriver(this, new TargetEye(this, Vantages, Time), Time),
                news,
                metrics,
                Time,
                NullLogger<TargetFollower>.Instance),
            new ServerCheck(new Verifier(this), news, metrics, Time, NullLogger<ServerCheck>.Instance),
            new OutsideCheck(new OutsideEyes(Vantages, Vantages), news, metrics, Time, NullLogger<OutsideCheck>.Instance),
            new Publisher(this, news, metrics, Time, NullLogger<Publisher>.Instance),
            new RecordRelease(providers, sources, news, NullLogger<RecordRelease>.Instance), Time);
    }

    Task<string?> IRecordWorld.FindSecretAsync(string ns, SecretKeyReference reference, CancellationToken stopping) =>
        Task.FromResult(Token);

    Task<string?> IRecordWorld.FindConfigMapAsync(string ns, ConfigMapKeyReference reference, CancellationToken stopping) =>
        Task.FromResult<string?>(null);

    AddressSet IRecordWorld.NodeAddresses(IReadOnlyDictionary<string, string> selector, IReadOnlyList<NodeAddressType> types) =>
        Nodes;

    AddressSet IRecordWorld.ServiceAddresses(string ns, string name) => Nodes;

    AddressSet IRecordWorld.GatewayAddresses(string ns, string name, IReadOnlyList<NodeAddressType> types, bool onlyReady) =>
        onlyReady ? AddressSet.Empty : Nodes;

    IReadOnlyList<ObjectKey> IRecordWorld.SiblingsOf(string ns, DnsProvider provider) => [];

    IReadOnlyList<string> IRecordWorld.ClaimantsOf(string fqdn) => Claimants;

    Task<ZoneCut> IAuthoritativeResolver.FindZoneAsync(DomainName name, CancellationToken stopping) =>
        Task.FromResult(new ZoneCut(
            DomainName.Parse("example.com"), [DomainName.Parse("ns1.example.com")], DomainName.Parse("ns1.example.com"), 1,
            TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1)));

    Task<ImmutableArray<NameServer>> IAuthoritativeResolver.FindServersAsync(ZoneCut zone, CancellationToken stopping) =>
        Task.FromResult<ImmutableArray<NameServer>>(
            [
                new NameServer("ns1.example.com", new IPEndPoint(IPAddress.Parse("192.0.2.53"), 53)),
                new NameServer("ns2.example.com", new IPEndPoint(IPAddress.Parse("192.0.2.54"), 53)),
            ]);

    Task<ServerAnswer> IAuthoritativeResolver.AskAsync(
        NameServer server, DomainName name, Operator.Dns.Resolving.RecordType type, CancellationToken stopping)
    {
        var content = AddressSet.Parse(
            Server.Records.Where(record => (string?)record["name"] == name.Text && (string?)record["type"] == "A")
                .Select(record => (string)record["content"]!));
        var said = server.Name == "ns2.example.com" ? SecondServer ?? content : content;
        return Task.FromResult<ServerAnswer>(said.IsEmpty
            ? new ServerAnswer.Nothing(false, true)
            : new ServerAnswer.Data(
                [.. said.All.Select(address => new AnsweredRecord(type, TimeSpan.FromSeconds(60), address.ToString(), address))],
                true));
    }

    Task<ServerAnswer> IAuthoritativeResolver.AskResolverAsync(
        IPEndPoint resolver, DomainName name, Operator.Dns.Resolving.RecordType type, CancellationToken stopping) =>
        throw new NotSupportedException();

    Task<CnameChain> IAuthoritativeResolver.FollowAsync(DomainName name, CancellationToken stopping) =>
        throw new NotSupportedException();

    void IEventRecorder.Record(
        ResourceType type, ObjectMeta regarding, EventType severity, string reason, string action, string note) =>
        Events.Add($"{severity} {reason}");

    Task<ProbeResult> ITargetProbe.LookAsync(IPAddress address, ProbePlan plan, CancellationToken stopping) =>
        Task.FromResult(new ProbeResult(!Down.Contains(address.ToString()), $"{address}"));
}
