using System.Net;
using System.Text.Json;
using AcmeInterop.Tests.Cluster;
using KubeApi.Objects;
using Microsoft.Extensions.Logging.Abstractions;
using Operator.Certificates;
using Operator.Certificates.Accounts;
using Operator.Certificates.Challenges;
using Operator.Certificates.InternalCa;
using Operator.Certificates.Ordering;
using Operator.Certificates.Policies;
using Operator.Dns.Resolving;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.SstpCertificates;
using TestSupport.Time;

namespace AcmeInterop.Tests.Operating;

/// <summary>The certificate part of the operator between a folder and real servers. Its waits pass at once:
/// the clock jumps, and the servers get a moment.</summary>
internal sealed class CertificateOperator : IRevocationPublisher
{
    public const string Namespace = "vpn";

    /// <summary>What Pebble, told not to sleep, needs to look at a proof.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(150);

    private readonly FolderCluster _cluster;
    private readonly CertificateReconciler _reconciler;
    private readonly ManualTime _clock = new();

    /// <param name="dns">The server of all zones.</param>
    /// <param name="between">Stands between the client and the CA.</param>
    /// <param name="step">Called around each update of DNS.</param>
    public CertificateOperator(
        FolderCluster cluster, IPEndPoint dns, Func<HttpMessageHandler, HttpMessageHandler> between,
        Action<string> step, params IChallengeSolver[] more)
    {
        _cluster = cluster;
        _clock.Advance(DateTimeOffset.UtcNow - _clock.GetUtcNow());
        var resolver = new AuthoritativeResolver(new DnsExchange(TimeProvider.System, TimeSpan.FromSeconds(30)), [dns], dns.Port);
        var metrics = new CertificateMetrics(null, _clock);
        var ledger = new AccountLedger();
        var clients = new AcmeClients(
            roots => between(AcmeClients.Tls(roots)), _clock, metrics, NullLogger<AcmeClients>.Instance);
        var accounts = new AcmeAccounts(cluster, clients, ledger, NullLogger<AcmeAccounts>.Instance);
        var store = new OrderStore(cluster);
        var solvers = new ChallengeSolvers(
            [
                new DnsChallengeSolver(new BindProviders(cluster, step), resolver, new PresentedProofs(cluster, store), _clock),
                .. more,
            ]);
        var secrets = new CertificateSecrets(cluster);
        var limits = new CaLimits { Duplicates = 100 };
        var acme = new AcmeIssuing(
            cluster, accounts, ledger, store, new OrderRunner(store, solvers, _clock, NullLogger<OrderRunner>.Instance),
            new OrderCleanUp(solvers, NullLogger<OrderCleanUp>.Instance),
            secrets, new StartGatherer(cluster, ledger, limits), limits, _clock, metrics, NullLogger<AcmeIssuing>.Instance);
        var internalCa = new InternalIssuing(
            cluster, new AuthorityStore(cluster, _clock), new Revocations(cluster, this, _clock), secrets, _clock, metrics);
        _reconciler = new CertificateReconciler(
            cluster, secrets, acme, internalCa,
            new CertificateDeletion(cluster, secrets, acme, internalCa, _clock, NullLogger<CertificateDeletion>.Instance),
            new RenewalInfoFollower(accounts, Random.Shared.NextDouble, metrics, NullLogger<RenewalInfoFollower>.Instance),
            ledger, _clock, metrics, NullLogger<CertificateReconciler>.Instance);
    }

    public DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>Pass after pass until the certificate rests, or something lasts longer than <paramref name="longest"/>.</summary>
    /// <param name="longest">Of the operator's time; a certificate with nothing to do for a day is at rest.</param>
    public async Task RunAsync(string name, TimeSpan longest)
    {
        var end = Now + longest;
        while (Now < end)
        {
            var again = await PassAsync(name);
            if (again is null || again > TimeSpan.FromHours(12)) return;

            if (again > TimeSpan.Zero) await Task.Delay(again < Moment ? again.Value : Moment);
            _clock.Advance(again.Value);
        }
    }

    public void Advance(TimeSpan time) => _clock.Advance(time);

    public async Task<TimeSpan?> PassAsync(string name)
    {
        var certificate = _cluster.Get(name);
        var resource = new KubeObject<SstpCertificate>(
            Kinds.SstpCertificates, JsonSerializer.SerializeToElement(certificate, ResourceJson.SstpCertificate));
        var pass = new Pass<SstpCertificate>(resource, false, false, 0);
        if (certificate.Metadata.DeletionTimestamp is not null)
        {
            var cleanUp = await _reconciler.CleanUpAsync(pass, CancellationToken.None);
            if (!cleanUp.IsDone) return cleanUp.Again;

            _cluster.Remove(name);
            return null;
        }

        var reconciled = await _reconciler.ReconcileAsync(pass, CancellationToken.None);
        var conditions = ConditionSettling.Settle(
            certificate.Status?.Conditions ?? [], reconciled.Status.Conditions, certificate.Metadata.Generation, Now);
        var status = reconciled.Status with { ObservedGeneration = certificate.Metadata.Generation, Conditions = conditions };
        if (Json(status) != Json(certificate.Status)) _cluster.Put(certificate with { Status = status });
        return reconciled.Again;

        static string Json(SstpCertificateStatus? value) =>
            value is null ? "" : JsonSerializer.Serialize(value, ResourceJson.Info<SstpCertificateStatus>());
    }

    Task<string?> IRevocationPublisher.FindHostAsync(string @namespace, string vpnGateway, CancellationToken stopping) =>
        Task.FromResult<string?>(null);

    Task<string?> IRevocationPublisher.PublishAsync(
        string @namespace, string vpnGateway, string name, byte[] list, CancellationToken stopping) =>
        Task.FromResult<string?>(null);
}
