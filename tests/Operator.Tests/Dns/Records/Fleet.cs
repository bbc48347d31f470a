using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeApi.Events;
using KubeApi.Objects;
using Microsoft.Extensions.Logging.Abstractions;
using Operator.Dns;
using Operator.Dns.Accounts;
using Operator.Dns.Push;
using Operator.Dns.Reachability;
using Operator.Dns.Records;
using Operator.Dns.Sources;
using Operator.Dns.Verifying;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.DdnsRecords;
using TestSupport.Time;

namespace Operator.Tests.Dns.Records;

/// <summary>Many records of one account at a dyndns2 service, passed over as the work queue would, in simulated time. Counts what is called and written.</summary>
internal sealed class Fleet : HttpMessageHandler, IRecordWorld, IEventRecorder
{
    private readonly DdnsReconciler _reconciler;
    private readonly Dictionary<ObjectKey, JsonObject> _resources = [];
    private readonly PriorityQueue<ObjectKey, DateTimeOffset> _due = new();
    private readonly Dictionary<ObjectKey, DateTimeOffset> _dueAt = [];
    private readonly Dictionary<string, string> _addresses = [];

    public Fleet(int records)
    {
        var metrics = new DnsMetrics(new TestMeters());
        var news = new RecordNews(this);
        var vantages = new ScriptedVantages();
        var sources = new SourceOpener(this, new FamilyClients(), DnsServices.Routers(), Time);
        var providers = new ProviderOpener(this, this, new ServiceAccounts(metrics, Time), metrics, Time);
        _reconciler = new DdnsReconciler(
            this, providers,
            new SourceReader(sources, news, metrics, Time),
            new TargetFollower(new FailoverDriver(this, null!, Time), news, metrics, Time, NullLogger<TargetFollower>.Instance),
            new ServerCheck(new Verifier(null!), news, metrics, Time, NullLogger<ServerCheck>.Instance),
            new OutsideCheck(new OutsideEyes(vantages, vantages), news, metrics, Time, NullLogger<OutsideCheck>.Instance),
            new Publisher(news, metrics, Time, NullLogger<Publisher>.Instance),
            new RecordRelease(providers, sources, news, NullLogger<RecordRelease>.Instance), Time);
        _reconciler.Woken += Wake;
        for (var i = 0; i < records; i++) Add(i);
    }

    public ManualTime Time { get; } = new();

    /// <summary>The answer to a call, and to a look (HEAD); null: as it should be.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?> Fault { get; set; } = _ => null;

    public int Calls { get; private set; }

    public int Passes { get; private set; }

    public int StatusWrites { get; private set; }

    /// <summary>In the order in which they were published.</summary>
    public List<string> Published { get; } = [];

    public IEnumerable<DdnsRecordStatus> Statuses => _resources.Values.Select(Status);

    public void Report(string address)
    {
        foreach (var (key, resource) in _resources)
        {
            resource["metadata"]!["annotations"]![PushReport.Annotation] = new PushReport(Time.GetUtcNow(), AddressSet.Parse([address])).ToText();
            Wake(key);
        }
    }

    public async Task RunAsync(TimeSpan length)
    {
        var end = Time.GetUtcNow() + length;
        while (_due.TryPeek(out _, out var at) && at <= end)
        {
            if (at > Time.GetUtcNow()) Time.Advance(at - Time.GetUtcNow());
            var key = _due.Dequeue();
            if (_dueAt.GetValueOrDefault(key) != at) continue;    // it was put earlier
            _dueAt.Remove(key);
            await PassAsync(key);
        }

        Time.Advance(end - Time.GetUtcNow());
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Head) Calls++;
        if (Fault(request) is { } fault) return Task.FromResult(fault);
        if (request.Method == HttpMethod.Head) return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound));

        var query = System.Web.HttpUtility.ParseQueryString(request.RequestUri!.Query);
        _addresses[query["hostname"]!] = query["myip"]!;
        Published.Add(query["hostname"]!);
        return Task.FromResult(new HttpResponseMessage { Content = new StringContent($"good {query["myip"]}") });
    }

    private void Add(int i)
    {
        var key = new ObjectKey("vpn", $"r{i}");
        _resources[key] = new JsonObject
        {
            ["apiVersion"] = ApiGroup.ApiVersion,
            ["kind"] = "DdnsRecord",
            ["metadata"] = new JsonObject { ["namespace"] = key.Namespace, ["name"] = key.Name, ["uid"] = $"uid-{i}", ["generation"] = 1L, ["annotations"] = new JsonObject() },
            ["spec"] = JsonNode.Parse($$$"""
                {"fqdn":"r{{{i}}}.example.com","recordTypes":["A"],"source":{"kind":"Push","push":{"tokenSecret":{"name":"p","key":"t"} },"allowedRanges":["203.0.113.0/24"]},
                 "provider":{"kind":"Dyndns2","dyndns2":{"preset":"custom","endpoint":"https://dyn.example/nic/update","username":"u","passwordSecret":{"name":"s","key":"p"} } },
                 "verification":{"mode":"Off"}}
                """),
        };
        Wake(key);
    }

    private void Wake(ObjectKey key) => Put(key, Time.GetUtcNow());

    private void Put(ObjectKey key, DateTimeOffset at)
    {
        if (_dueAt.TryGetValue(key, out var known) && known <= at) return;
        _dueAt[key] = at;
        _due.Enqueue(key, at);
    }

    private async Task PassAsync(ObjectKey key)
    {
        Passes++;
        var resource = _resources[key];
        var outcome = await _reconciler.ReconcileAsync(
            new Pass<DdnsRecord>(new KubeObject<DdnsRecord>(Kinds.DdnsRecords, JsonSerializer.SerializeToElement(resource)), false, false, 0), CancellationToken.None);
        var status = JsonSerializer.SerializeToNode(outcome.Status, ResourceJson.Info<DdnsRecordStatus>());
        if (!JsonNode.DeepEquals(status, resource["status"])) StatusWrites++;
        resource["status"] = status;
        Put(key, Time.GetUtcNow() + (outcome.Again is { } again && again > TimeSpan.Zero ? again : TimeSpan.FromSeconds(1)));
    }

    private static DdnsRecordStatus Status(JsonObject resource) => resource["status"].Deserialize(ResourceJson.Info<DdnsRecordStatus>())!;

    Task<string?> IRecordWorld.FindSecretAsync(string ns, SecretKeyReference reference, CancellationToken stopping) => Task.FromResult<string?>("secret");

    Task<string?> IRecordWorld.FindConfigMapAsync(string ns, ConfigMapKeyReference reference, CancellationToken stopping) => Task.FromResult<string?>(null);

    AddressSet IRecordWorld.NodeAddresses(IReadOnlyDictionary<string, string> selector, IReadOnlyList<NodeAddressType> types) => AddressSet.Empty;

    AddressSet IRecordWorld.ServiceAddresses(string ns, string name) => AddressSet.Empty;

    AddressSet IRecordWorld.GatewayAddresses(string ns, string name, IReadOnlyList<NodeAddressType> types, bool onlyReady) => AddressSet.Empty;

    IReadOnlyList<string> IRecordWorld.ClaimantsOf(string fqdn) => [];

    void IEventRecorder.Record(ResourceType type, ObjectMeta regarding, EventType severity, string reason, string action, string note)
    {
    }
}
