using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using DnsInterop.Tests.Bind;
using KubeApi.Events;
using KubeApi.Objects;
using Microsoft.Extensions.Logging.Abstractions;
using Operator.Dns;
using Operator.Dns.Accounts;
using Operator.Dns.Failover;
using Operator.Dns.Peers;
using Operator.Dns.Push;
using Operator.Dns.Reachability;
using Operator.Dns.Records;
using Operator.Dns.Sources;
using Operator.Dns.Vantages;
using Operator.Dns.Verifying;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.DdnsRecords;

namespace DnsInterop.Tests;

/// <summary>A record that the product's own reconciler keeps at BIND: everything is real but the cluster.</summary>
internal sealed class RecordAtBind : IRecordWorld, IEventRecorder, IReportBook, IGatewayVantages, IAsyncDisposable
{
    private readonly DdnsReconciler _reconciler;
    private readonly List<ObjectKey> _siblings;
    private readonly FamilyClients _clients = new();
    private readonly Lock _gate = new();
    private readonly JsonObject _resource;
    private readonly string _secret;
    private readonly HttpClient _http = DnsServices.NewClient();
    private readonly HttpMessageHandler _sender = DnsServices.NewHandler();

    /// <param name="sections">Of the spec, beside name, types and provider.</param>
    /// <param name="secret">Of the key that signs.</param>
    /// <param name="beside">Another record of the same operator.</param>
    public RecordAtBind(
        string host, string sections, string zone = BindPair.Zone, string secret = BindPair.Secret, RecordAtBind? beside = null)
    {
        var time = Time;
        var metrics = new DnsMetrics(new Meters());
        var news = new RecordNews(this);
        var sources = new SourceOpener(this, _clients, DnsServices.Routers(), time);
        var providers = new ProviderOpener(this, _sender, new ServiceAccounts(metrics, time), metrics, time);
        _siblings = beside?._siblings ?? [];
        _siblings.Add(new ObjectKey("vpn", host));
        _reconciler = beside?._reconciler ?? new DdnsReconciler(
            this, providers,
            new SourceReader(sources, news, metrics, time),
            new TargetFollower(
                new FailoverDriver(this, new TargetEye(new SstpTargetProbe(time), this, time), time),
                news,
                metrics,
                time,
                NullLogger<TargetFollower>.Instance),
            new ServerCheck(new Verifier(ResolvingTests.Resolver), news, metrics, time, NullLogger<ServerCheck>.Instance),
            new OutsideCheck(
                new OutsideEyes(this, new PeerVantages(this, _http, time)), news,
                metrics, time, NullLogger<OutsideCheck>.Instance),
            new Publisher(this, news, metrics, time, NullLogger<Publisher>.Instance),
            new RecordRelease(providers, sources, news, NullLogger<RecordRelease>.Instance), time);
        _secret = secret;
        Fqdn = $"{host}.{zone}";
        _resource = new JsonObject
        {
            ["apiVersion"] = ApiGroup.ApiVersion,
            ["kind"] = "DdnsRecord",
            ["metadata"] = new JsonObject
            {
                ["namespace"] = "vpn",
                ["name"] = host,
                ["uid"] = $"uid-{host}",
                ["generation"] = 1L,
                ["annotations"] = new JsonObject(),
            },
            ["spec"] = JsonNode.Parse(
                "{\"fqdn\":\"" + Fqdn
                + "\",\"recordTypes\":[\"A\"],\"provider\":{\"kind\":\"Rfc2136\",\"rfc2136\":{\"servers\":[\"" + BindPair.Primary
                + "\"],\"tsig\":{\"keyName\":\"" + BindPair.KeyName
                + "\",\"secret\":{\"name\":\"tsig\",\"key\":\"secret\"}}}}," + sections + "}"),
        };
    }

    /// <summary>The clock of this record; it can be put forward by less than the 300 s that signatures allow.</summary>
    public ForwardClock Time { get; } = new();

    public string Fqdn { get; }

    public ObjectKey Key => Resource().Key;

    /// <summary>Whether a record's pass stands in line; all of one operator share it.</summary>
    public Func<ObjectKey, bool> Hurry
    {
        set => _reconciler.Hurry = value;
    }

    public List<string> Events { get; } = [];

    /// <summary>When the last pass wants the next one.</summary>
    public TimeSpan Again { get; private set; }

    /// <summary>A router reports an address.</summary>
    public void Report(string address)
    {
        lock (_gate)
            _resource["metadata"]!["annotations"]![PushReport.Annotation] =
                new PushReport(Time.GetUtcNow(), AddressSet.Parse([address])).ToText();
    }

    public async Task<DdnsRecordStatus> PassAsync(bool isRequested = false)
    {
        var outcome = await _reconciler.ReconcileAsync(
            new Pass<DdnsRecord>(Resource(), false, isRequested, 0), CancellationToken.None);
        Again = outcome.Again ?? TimeSpan.FromSeconds(1);
        lock (_gate) _resource["status"] = JsonSerializer.SerializeToNode(outcome.Status, ResourceJson.Info<DdnsRecordStatus>());
        return outcome.Status;
    }

    public async ValueTask DisposeAsync()
    {
        _reconciler.Forget(Resource().Key);
        _clients.Dispose();
        _http.Dispose();
        _sender.Dispose();
        await Task.CompletedTask;
    }

    Task<string?> IRecordWorld.FindSecretAsync(string ns, SecretKeyReference reference, CancellationToken stopping) =>
        Task.FromResult<string?>(reference.Name == "tsig" ? _secret : "push-token");

    Task<string?> IRecordWorld.FindConfigMapAsync(string ns, ConfigMapKeyReference reference, CancellationToken stopping) =>
        Task.FromResult<string?>(null);

    AddressSet IRecordWorld.NodeAddresses(IReadOnlyDictionary<string, string> selector, IReadOnlyList<NodeAddressType> types) =>
        AddressSet.Empty;

    AddressSet IRecordWorld.ServiceAddresses(string ns, string name) => AddressSet.Empty;

    AddressSet IRecordWorld.GatewayAddresses(string ns, string name, IReadOnlyList<NodeAddressType> types, bool onlyReady) =>
        AddressSet.Empty;

    IReadOnlyList<ObjectKey> IRecordWorld.SiblingsOf(string ns, DnsProvider provider) => _siblings;

    IReadOnlyList<string> IRecordWorld.ClaimantsOf(string fqdn) => [];

    void IEventRecorder.Record(
        ResourceType type, ObjectMeta regarding, EventType severity, string reason, string action, string note) =>
        Events.Add($"{severity} {reason}");

    Task<Testimony> IGatewayVantages.AskAsync(
        string ns, string gateway, GatewayConfig.Channel.ProbeRequest request,
        IReadOnlyList<IPEndPoint> targets, CancellationToken stopping) =>
        Task.FromResult(Testimony.Silent("there is no fleet here"));

    ReportedRecord? IReportBook.Find(string fqdn)
    {
        var record = Resource();
        return fqdn == Fqdn
            ? new ReportedRecord(
                "vpn", record.Metadata.Name, record.Value.Spec.Source!.Push!,
                PushReport.TryRead(record.Metadata.Annotations.GetValueOrDefault(PushReport.Annotation)))
            : null;
    }

    Task<string?> IReportBook.FindTokenAsync(ReportedRecord record, CancellationToken stopping) =>
        Task.FromResult<string?>("push-token");

    Task IReportBook.SaveAsync(ReportedRecord record, PushReport report, CancellationToken stopping)
    {
        lock (_gate) _resource["metadata"]!["annotations"]![PushReport.Annotation] = report.ToText();
        return Task.CompletedTask;
    }

    private KubeObject<DdnsRecord> Resource()
    {
        lock (_gate) return new KubeObject<DdnsRecord>(Kinds.DdnsRecords, JsonSerializer.SerializeToElement(_resource));
    }

    private sealed class Meters : System.Diagnostics.Metrics.IMeterFactory
    {
        public System.Diagnostics.Metrics.Meter Create(System.Diagnostics.Metrics.MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
