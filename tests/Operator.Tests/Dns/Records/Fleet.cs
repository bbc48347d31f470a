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

/// <summary>Many records at a dyndns2 service, passed over as the work queue would, in simulated time.
/// Counts what is called and written.</summary>
internal sealed class Fleet : HttpMessageHandler, IRecordWorld, IEventRecorder
{
    private readonly string _provider;
    private DdnsReconciler _reconciler;
    private readonly Dictionary<ObjectKey, JsonObject> _resources = [];
    private readonly PriorityQueue<ObjectKey, DateTimeOffset> _due = new();
    private readonly Dictionary<ObjectKey, DateTimeOffset> _dueAt = [];
    private readonly HashSet<ObjectKey> _working = [];
    private readonly HashSet<ObjectKey> _again = [];
    private readonly int _namesALogin;
    private readonly Dictionary<string, string> _addresses = [];

    /// <param name="lists">The service takes 20 names a request.</param>
    /// <param name="namesALogin">Records of one account; left out: all are of one.</param>
    public Fleet(int records, bool lists = false, int namesALogin = int.MaxValue)
    {
        _namesALogin = namesALogin;
        _provider = lists ? "dyn" : "custom";
        _reconciler = MakeReconciler();
        for (var i = 0; i < records; i++) Add(i);
    }

    private DdnsReconciler MakeReconciler()
    {
        var metrics = new DnsMetrics(new TestMeters());
        var news = new RecordNews(this);
        var vantages = new ScriptedVantages();
        var sources = new SourceOpener(this, new FamilyClients(), DnsServices.Routers(), Time);
        var providers = new ProviderOpener(this, this, new ServiceAccounts(metrics, Time), metrics, Time);
        var reconciler = new DdnsReconciler(
            this, providers,
            new SourceReader(sources, news, metrics, Time),
            new TargetFollower(new FailoverDriver(this, null!, Time), news, metrics, Time, NullLogger<TargetFollower>.Instance),
            new ServerCheck(new Verifier(null!), news, metrics, Time, NullLogger<ServerCheck>.Instance),
            new OutsideCheck(new OutsideEyes(vantages, vantages), news, metrics, Time, NullLogger<OutsideCheck>.Instance),
            new Publisher(this, news, metrics, Time, NullLogger<Publisher>.Instance),
            new RecordRelease(providers, sources, news, NullLogger<RecordRelease>.Instance), Time);
        reconciler.Woken += Wake;
        reconciler.Hurry = Hurry;
        return reconciler;
    }

    public ManualTime Time { get; } = new();

    /// <summary>Passes at a time: so many are taken before the first of them gets anywhere,
    /// and none is over before the last has.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>The answer to a call, and to a look (HEAD); null: as it should be.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?> Fault { get; set; } = _ => null;

    /// <summary>What the service says of one name.</summary>
    public Func<string, string> Word { get; set; } = _ => "good";

    /// <summary>The whole answer to several names, none of which is changed then; null: a line for each.</summary>
    public Func<string[], string?> Lists { get; set; } = _ => null;

    /// <summary>The names of each request that was answered.</summary>
    public List<string[]> Requests { get; } = [];

    public int Calls { get; private set; }

    public int Passes { get; private set; }

    public int StatusWrites { get; private set; }

    /// <summary>In the order in which they were published.</summary>
    public List<string> Published { get; } = [];

    public IEnumerable<DdnsRecordStatus> Statuses => _resources.Values.Select(Status);

    /// <summary>The operator starts anew: what is not in a status is forgotten.</summary>
    public void Restart() => _reconciler = MakeReconciler();

    public DdnsRecordStatus StatusOf(int i) => Status(_resources[new ObjectKey("vpn", $"r{i}")]);

    public void Annotate(int i, string name, string value)
    {
        var key = new ObjectKey("vpn", $"r{i}");
        _resources[key]["metadata"]!["annotations"]![name] = value;
        Wake(key);
    }

    /// <param name="only">For this record; null: for all.</param>
    public void Report(string address, int? only = null)
    {
        foreach (var (key, resource) in _resources)
        {
            if (only is { } i && key.Name != $"r{i}") continue;
            resource["metadata"]!["annotations"]![PushReport.Annotation] =
                new PushReport(Time.GetUtcNow(), AddressSet.Parse([address])).ToText();
            Wake(key);
        }
    }

    public async Task RunAsync(TimeSpan length)
    {
        var end = Time.GetUtcNow() + length;
        while (_due.TryPeek(out _, out var at) && at <= end)
        {
            if (at > Time.GetUtcNow()) Time.Advance(at - Time.GetUtcNow());
            var taken = TakeDue();
            foreach (var key in taken) await PassAsync(key);
            foreach (var key in taken)
            {
                _working.Remove(key);
                if (_again.Remove(key)) Wake(key);
                else _reconciler.Rest(key);
            }
        }

        Time.Advance(end - Time.GetUtcNow());
    }

    private ObjectKey[] TakeDue()
    {
        var taken = new List<ObjectKey>();
        while (taken.Count < Workers && _due.TryPeek(out var key, out var at) && at <= Time.GetUtcNow())
        {
            _due.Dequeue();
            if (_dueAt.GetValueOrDefault(key) != at) continue;    // it was put earlier
            _dueAt.Remove(key);
            _working.Add(key);
            taken.Add(key);
        }

        return [.. taken];
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Head) Calls++;
        if (Fault(request) is { } fault) return Task.FromResult(fault);
        if (request.Method == HttpMethod.Head) return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound));

        var query = System.Web.HttpUtility.ParseQueryString(request.RequestUri!.Query);
        var names = query["hostname"]!.Split(',');
        Requests.Add(names);
        if (names.Length > 1 && Lists(names) is { } text)
            return Task.FromResult(new HttpResponseMessage { Content = new StringContent(text) });

        var lines = new List<string>();
        foreach (var name in names)
        {
            lines.Add(Word(name));
            if (!lines[^1].StartsWith("good", StringComparison.Ordinal)) continue;
            _addresses[name] = query["myip"]!;
            Published.Add(name);
        }

        return Task.FromResult(new HttpResponseMessage { Content = new StringContent(string.Join('\n', lines)) });
    }

    private void Add(int i)
    {
        var key = new ObjectKey("vpn", $"r{i}");
        _resources[key] = new JsonObject
        {
            ["apiVersion"] = ApiGroup.ApiVersion,
            ["kind"] = "DdnsRecord",
            ["metadata"] = new JsonObject
            {
                ["namespace"] = key.Namespace,
                ["name"] = key.Name,
                ["uid"] = $"uid-{i}",
                ["generation"] = 1L,
                ["annotations"] = new JsonObject(),
            },
            ["spec"] = JsonNode.Parse($$$"""
                {"fqdn":"r{{{i}}}.example.com","recordTypes":["A"],"source":{"kind":"Push","push":{"tokenSecret":{"name":"p","key":"t"} },"allowedRanges":["203.0.113.0/24"]},
                 "provider":{"kind":"Dyndns2","dyndns2":{"preset":"{{{_provider}}}","endpoint":"https://dyn.example/nic/update","username":"u","passwordSecret":{"name":"{{{SecretOf(i)}}}","key":"p"} } },
                 "verification":{"mode":"Off"}}
                """),
        };
        Wake(key);
    }

    private string SecretOf(int i) => $"s{i / _namesALogin}";

    private void Wake(ObjectKey key)
    {
        if (_working.Contains(key)) _again.Add(key);
        else Put(key, Time.GetUtcNow());
    }

    private bool Hurry(ObjectKey key)
    {
        if (_working.Contains(key)) return true;
        if (!_dueAt.TryGetValue(key, out var at) || at > Time.GetUtcNow()) return false;
        Put(key, at - TimeSpan.FromHours(1));
        return true;
    }

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
            new Pass<DdnsRecord>(
                new KubeObject<DdnsRecord>(Kinds.DdnsRecords, JsonSerializer.SerializeToElement(resource)), false, false, 0),
            CancellationToken.None);
        if (outcome.IsUnwritten)
        {
            Put(key, Time.GetUtcNow() + outcome.Again!.Value);
            return;
        }

        var status = JsonSerializer.SerializeToNode(outcome.Status, ResourceJson.Info<DdnsRecordStatus>());
        if (!JsonNode.DeepEquals(status, resource["status"])) StatusWrites++;
        resource["status"] = status;
        Put(key, Time.GetUtcNow() + (outcome.Again is { } again && again > TimeSpan.Zero ? again : TimeSpan.FromSeconds(1)));
    }

    private static DdnsRecordStatus Status(JsonObject resource) =>
        resource["status"].Deserialize(ResourceJson.Info<DdnsRecordStatus>())!;

    Task<string?> IRecordWorld.FindSecretAsync(string ns, SecretKeyReference reference, CancellationToken stopping) =>
        Task.FromResult<string?>($"{reference.Key} of {reference.Name}");

    Task<string?> IRecordWorld.FindConfigMapAsync(string ns, ConfigMapKeyReference reference, CancellationToken stopping) =>
        Task.FromResult<string?>(null);

    AddressSet IRecordWorld.NodeAddresses(IReadOnlyDictionary<string, string> selector, IReadOnlyList<NodeAddressType> types) =>
        AddressSet.Empty;

    AddressSet IRecordWorld.ServiceAddresses(string ns, string name) => AddressSet.Empty;

    AddressSet IRecordWorld.GatewayAddresses(string ns, string name, IReadOnlyList<NodeAddressType> types, bool onlyReady) =>
        AddressSet.Empty;

    IReadOnlyList<ObjectKey> IRecordWorld.SiblingsOf(string ns, DnsProvider provider) =>
        [.. _resources.Keys.Where((_, i) => SecretOf(i) == provider.Dyndns2?.PasswordSecret?.Name)];

    IReadOnlyList<string> IRecordWorld.ClaimantsOf(string fqdn) => [];

    void IEventRecorder.Record(
        ResourceType type, ObjectMeta regarding, EventType severity, string reason, string action, string note)
    {
    }
}
