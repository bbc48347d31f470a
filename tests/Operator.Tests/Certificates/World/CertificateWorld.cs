using System.Text.Json;
using KubeApi.Objects;
using Microsoft.Extensions.Logging.Abstractions;
using Operator.Certificates;
using Operator.Certificates.Accounts;
using Operator.Certificates.Challenges;
using Operator.Certificates.InternalCa;
using Operator.Certificates.Ordering;
using Operator.Certificates.Policies;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.DdnsRecords;
using Operator.Resources.SstpCertificates;
using TestSupport.Time;

namespace Operator.Tests.Certificates.World;

/// <summary>The real reconciler and the real ACME client, between a cluster, a DNS and a CA in memory,
/// all under one clock that only the test moves.</summary>
internal sealed class CertificateWorld : IRevocationPublisher
{
    public const string Namespace = "vpn";

    private readonly PriorityQueue<ObjectKey, DateTimeOffset> _queue = new();
    private readonly Dictionary<ObjectKey, DateTimeOffset> _due = [];
    private readonly Dictionary<ObjectKey, (DateTimeOffset Since, int Passes)> _passes = [];
    private readonly Random _random = new(42);

    /// <param name="start">What the clock shows at first; 1970 when the test does not care.</param>
    public CertificateWorld(DateTimeOffset? start = null)
    {
        Clock = new ManualTime(start - TimeSpan.FromHours(1));
        Ca = new SimulatedCa.SimulatedCa(Clock, Dns.See);
        Boot();
    }

    public ManualTime Clock { get; }

    public InMemoryCluster Cluster { get; } = new();

    public InMemoryDns Dns { get; } = new();

    public SimulatedCa.SimulatedCa Ca { get; }

    /// <summary>In force from the next <see cref="Boot"/> on.</summary>
    public CaLimits Limits { get; set; } = new();

    public CertificateReconciler Reconciler { get; private set; } = null!;

    /// <summary>Stands between the client and the CA; a test may stop the world here.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler> Between { get; set; } = inner => inner;

    /// <summary>What gateways were given to serve.</summary>
    public Dictionary<string, byte[]> PublishedLists { get; } = [];

    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>A process starts: nothing is remembered but what the cluster holds.</summary>
    public void Boot()
    {
        var metrics = new CertificateMetrics(null, Clock);
        var ledger = new AccountLedger();
        var clients = new AcmeClients(_ => Between(Ca), Clock, metrics, NullLogger<AcmeClients>.Instance);
        var accounts = new AcmeAccounts(Cluster, clients, ledger, NullLogger<AcmeAccounts>.Instance);
        var store = new OrderStore(Cluster);
        var solvers = new ChallengeSolvers([new DnsChallengeSolver(Dns, Dns, new PresentedProofs(Cluster, store), Clock)]);
        var secrets = new CertificateSecrets(Cluster);
        var acme = new AcmeIssuing(
            Cluster, accounts, ledger, store, new OrderRunner(store, solvers, Clock, NullLogger<OrderRunner>.Instance),
            new OrderCleanUp(solvers, NullLogger<OrderCleanUp>.Instance),
            secrets, new StartGatherer(Cluster, ledger, Limits), Limits, Clock, metrics, NullLogger<AcmeIssuing>.Instance);
        var internalCa = new InternalIssuing(
            Cluster, new AuthorityStore(Cluster, Clock), new Revocations(Cluster, this, Clock), secrets, Clock, metrics);
        Reconciler = new CertificateReconciler(
            Cluster, secrets, acme, internalCa,
            new CertificateDeletion(Cluster, secrets, acme, internalCa, Clock, NullLogger<CertificateDeletion>.Instance),
            new RenewalInfoFollower(accounts, _random.NextDouble, metrics, NullLogger<RenewalInfoFollower>.Instance), ledger,
            Clock, metrics, NullLogger<CertificateReconciler>.Instance);
    }

    public ObjectKey Add(SstpCertificate certificate)
    {
        var key = KeyOf(certificate);
        Cluster.Put(certificate);
        Enqueue(key);
        return key;
    }

    /// <summary>A person changes something.</summary>
    public void Change(ObjectKey key, Func<SstpCertificate, SstpCertificate> change)
    {
        var before = Cluster[key];
        var after = change(before);
        var generation = before.Metadata.Generation
            + (after.Spec == before.Spec && after.Metadata.DeletionTimestamp == before.Metadata.DeletionTimestamp ? 0 : 1);
        Cluster.Put(after with { Metadata = after.Metadata with { Generation = generation } });
        Enqueue(key);
    }

    public void Annotate(ObjectKey key, string annotation, string value) =>
        Change(key, certificate => certificate with
        {
            Metadata = certificate.Metadata with
            {
                Annotations = new Dictionary<string, string>(certificate.Metadata.Annotations) { [annotation] = value },
            },
        });

    public void Delete(ObjectKey key) =>
        Change(key, certificate => certificate with { Metadata = certificate.Metadata with { DeletionTimestamp = Now } });

    public void Enqueue(ObjectKey key) => Schedule(key, Now);

    /// <summary>Reconciles whatever is due, one after the other, while time passes from one to the next.</summary>
    /// <param name="each">After each pass.</param>
    public async Task RunAsync(TimeSpan time, Action? each = null)
    {
        var end = Now + time;
        while (_queue.TryPeek(out var key, out var due) && due <= end)
        {
            _queue.Dequeue();
            if (!_due.TryGetValue(key, out var current) || current != due) continue;    // an earlier time took its place

            _due.Remove(key);
            if (due > Now) Clock.Advance(due - Now);
            Count(key);
            if (await PassAsync(key) is { } wait)
                Schedule(key, Now + (wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait));
            each?.Invoke();
        }

        if (end > Now) Clock.Advance(end - Now);
    }

    /// <summary>After a crash: a new process looks at everything.</summary>
    public void EnqueueAll()
    {
        _queue.Clear();
        _due.Clear();
        foreach (var certificate in Cluster.All()) Enqueue(KeyOf(certificate));
    }

    private static ObjectKey KeyOf(SstpCertificate certificate) =>
        new(certificate.Metadata.Namespace!, certificate.Metadata.Name);

    public Condition Condition(ObjectKey key, string type) =>
        Cluster[key].Status!.Conditions.Single(condition => condition.Type == type);

    public static SstpCertificate Acme(string name, string? profile, params string[] names) => new()
    {
        Metadata = new() { Name = name, Namespace = Namespace, Uid = "uid-" + name, Generation = 1 },
        Spec = new SstpCertificateSpec
        {
            Names = names,
            Issuer = new CertificateIssuer
            {
                Kind = CertificateIssuerKind.Acme,
                Acme = new AcmeIssuer
                {
                    Directory = SimulatedCa.SimulatedCa.Directory.OriginalString,
                    TermsOfServiceAgreed = true,
                    AccountSecret = new() { Name = "acme-account" },
                    Profile = profile,
                    Challenges =
                    [
                        new ChallengeSolver
                        {
                            Kind = ChallengeKind.Dns01,
                            Dns01 = new Dns01Solver
                            {
                                Provider = new DnsProvider
                                {
                                    Kind = DnsProviderKind.DuckDns,
                                    DuckDns = new DuckDnsProvider { TokenSecret = new() { Name = "token", Key = "token" } },
                                },
                            },
                        },
                    ],
                },
            },
        },
    };

    public static SstpCertificate Internal(string name, Func<SstpCertificateSpec, SstpCertificateSpec>? change = null)
    {
        var spec = new SstpCertificateSpec
        {
            Names = ["vpn.office.test"],
            Issuer = new CertificateIssuer
            {
                Kind = CertificateIssuerKind.InternalCa,
                InternalCa = new InternalCaIssuer { CaSecret = new() { Name = "office-ca" } },
            },
        };
        return new()
        {
            Metadata = new() { Name = name, Namespace = Namespace, Uid = "uid-" + name, Generation = 1 },
            Spec = change?.Invoke(spec) ?? spec,
        };
    }

    Task<string?> IRevocationPublisher.FindHostAsync(string @namespace, string vpnGateway, CancellationToken stopping) =>
        Task.FromResult<string?>("crl.office.test");

    Task<string?> IRevocationPublisher.PublishAsync(
        string @namespace, string vpnGateway, string name, byte[] list, CancellationToken stopping)
    {
        PublishedLists[name] = list;
        return Task.FromResult<string?>(null);
    }

    /// <summary>What the framework does around a pass; its own tests are elsewhere.</summary>
    private async Task<TimeSpan?> PassAsync(ObjectKey key)
    {
        if (!Cluster.Has(key)) return null;

        var certificate = Cluster[key];
        var resource = new KubeObject<SstpCertificate>(
            Kinds.SstpCertificates, JsonSerializer.SerializeToElement(certificate, ResourceJson.SstpCertificate));
        var wish = certificate.Metadata.Annotations.GetValueOrDefault(ApiGroup.ReconcileAtAnnotation);
        var pass = new Pass<SstpCertificate>(
            resource, certificate.Metadata.IsPaused, wish is not null && wish != certificate.Status?.HandledReconcileAt, 0);
        if (certificate.Metadata.DeletionTimestamp is not null)
        {
            var cleanUp = await Reconciler.CleanUpAsync(pass, CancellationToken.None);
            if (!cleanUp.IsDone) return cleanUp.Again;

            Cluster.Remove(key);
            Reconciler.Forget(key);
            return null;
        }

        var reconciled = await Reconciler.ReconcileAsync(pass, CancellationToken.None);
        var status = reconciled.Status with
        {
            ObservedGeneration = certificate.Metadata.Generation,
            HandledReconcileAt = wish,
            Conditions = ConditionSettling.Settle(
                certificate.Status?.Conditions ?? [], reconciled.Status.Conditions, certificate.Metadata.Generation, Now),
        };
        if (Json(status) != Json(certificate.Status)) Cluster.WriteStatus(key, status);
        return reconciled.Again;

        static string Json(SstpCertificateStatus? value) =>
            value is null ? "" : JsonSerializer.Serialize(value, ResourceJson.Info<SstpCertificateStatus>());
    }

    /// <summary>A resource that is looked at more than a thousand times in an hour is in a loop,
    /// and the test would never end.</summary>
    private void Count(ObjectKey key)
    {
        var (since, passes) = _passes.GetValueOrDefault(key);
        _passes[key] = Now - since > TimeSpan.FromHours(1) ? (Now, 1) : (since, passes + 1);
        if (passes > 1000)
            throw new InvalidOperationException(
                $"{key} is in a loop at {Now:u}: "
                + $"{JsonSerializer.Serialize(Cluster[key].Status!, ResourceJson.Info<SstpCertificateStatus>())}");
    }

    private void Schedule(ObjectKey key, DateTimeOffset time)
    {
        if (_due.TryGetValue(key, out var known) && known <= time) return;

        _due[key] = time;
        _queue.Enqueue(key, time);
    }
}
