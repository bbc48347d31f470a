using System.Diagnostics;
using System.Text.Json.Nodes;
using KubeApi.Client;
using KubeApi.Events;
using KubeApi.Objects;
using KubeApi.Queueing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.DdnsRecords;
using TestSupport.Time;

namespace Operator.Tests.Reconciling;

/// <summary>One controller of DdnsRecords at work on an API in memory, with a reconciler that does what a test says.</summary>
public sealed class ControllerTest : IAsyncDisposable
{
    public const string Path = "/apis/vpn.sstp-operator.dev/v1alpha1/namespaces/ns/ddnsrecords/home";

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly CancellationTokenSource _stopping = new();
    private readonly KubeClient _client;
    private readonly List<Task> _running = [];

    public ControllerTest()
    {
        Api = new InMemoryApi(Time);
        _client = Api.NewClient();
    }

    public ManualTime Time { get; } = new();

    public InMemoryApi Api { get; }

    public ScriptedReconciler Reconciler { get; } = new();

    public RecordedEvents Events { get; } = new();

    public static JsonObject Manifest() => new()
    {
        ["apiVersion"] = ApiGroup.ApiVersion,
        ["kind"] = DdnsRecord.KindName,
        ["metadata"] = new JsonObject { ["name"] = "home", ["namespace"] = "ns" },
        ["spec"] = new JsonObject { ["fqdn"] = "home.example.com" },
    };

    public ResourceController<DdnsRecord, DdnsRecordStatus> Start(Action<ControllerBuilder<DdnsRecord>>? follow = null)
    {
        var meters = _services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>();
        var watches = new Watches(_client, [], Time, NullLogger<Watches>.Instance);
        var services = new ControllerServices(
            _client, watches, new SecretStore(_client, watches), Events,
            new QueueMetrics(meters), new ReconcileMetrics(meters), Time,
            NullLogger<ControllerServices>.Instance);
        var controller = new ResourceController<DdnsRecord, DdnsRecordStatus>(
            Kinds.DdnsRecords, Reconciler, follow ?? (_ => { }), services);
        _running.Add(watches.RunAsync(_stopping.Token));
        _running.Add(controller.RunAsync(_stopping.Token));
        return controller;
    }

    public JsonNode? Status => Api.Find(Path)?["status"];

    public JsonNode? Condition(string type) =>
        (Status?["conditions"] as JsonArray)?.FirstOrDefault(condition => (string?)condition!["type"] == type);

    /// <param name="step">How much time passes at each look.</param>
    public async Task UntilAsync(string what, Func<bool> holds, TimeSpan step = default)
    {
        var waited = Stopwatch.StartNew();
        while (!holds())
        {
            if (waited.Elapsed > TimeSpan.FromSeconds(30))
                throw new TimeoutException($"Waited 30 s for {what}. Requests: {string.Join(", ", Api.Requests)}");
            if (step > TimeSpan.Zero) Time.Advance(step);
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running);
        _client.Dispose();
        Api.Dispose();
        _stopping.Dispose();
        await _services.DisposeAsync();
    }

    public sealed class ScriptedReconciler : IReconciler<DdnsRecord, DdnsRecordStatus>
    {
        private int _passes;

        public string? Finalizer { get; set; }

        public int Passes => _passes;

        public Pass<DdnsRecord>? LastPass { get; private set; }

        public List<ObjectKey> Forgotten { get; } = [];

        public Func<Pass<DdnsRecord>, Reconciled<DdnsRecordStatus>> Reconcile { get; set; } = _ => new(Ready());

        public Func<Pass<DdnsRecord>, CleanUp> CleanUp { get; set; } = _ => Operator.Reconciling.CleanUp.Done;

        public Task<Reconciled<DdnsRecordStatus>> ReconcileAsync(Pass<DdnsRecord> pass, CancellationToken stopping)
        {
            LastPass = pass;
            Interlocked.Increment(ref _passes);
            return Task.FromResult(Reconcile(pass));
        }

        public Task<CleanUp> CleanUpAsync(Pass<DdnsRecord> pass, CancellationToken stopping)
        {
            Interlocked.Increment(ref _passes);
            return Task.FromResult(CleanUp(pass));
        }

        public void Forget(ObjectKey key) => Forgotten.Add(key);

        public static DdnsRecordStatus Ready(string message = "All is well.") => new()
        {
            Conditions =
            [
                new Condition { Type = ConditionTypes.Ready, Status = ConditionStatus.True, Reason = "Fine", Message = message },
            ],
        };
    }

    public sealed class RecordedEvents : IEventRecorder
    {
        public List<string> All { get; } = [];

        public void Record(
            ResourceType type, ObjectMeta regarding, EventType severity, string reason, string action, string note) =>
            All.Add($"{severity} {reason}: {note}");
    }
}
