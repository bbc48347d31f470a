using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Operator.Certificates.Accounts;
using Operator.Certificates.Challenges;
using Operator.Certificates.Cluster;
using Operator.Certificates.InternalCa;
using Operator.Certificates.Ordering;
using Operator.Certificates.Policies;
using Operator.Dns.Resolving;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.DdnsRecords;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates;

/// <summary>How SstpCertificates join the operator.</summary>
internal static class CertificateServices
{
    public static IServiceCollection AddCertificates(this IServiceCollection services)
    {
        services.AddSingleton<ICertificateCluster, KubeCertificateCluster>();
        services.AddSingleton<CertificateMetrics>();
        services.AddSingleton<CertificateSecrets>();
        services.AddSingleton<CertificateDeletion>();
        services.AddSingleton<AccountLedger>();
        services.AddSingleton<AcmeAccounts>();
        services.AddSingleton(provider => new AcmeClients(
            AcmeClients.Tls,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<CertificateMetrics>(),
            provider.GetRequiredService<ILogger<AcmeClients>>()));
        services.AddSingleton(new CaLimits());
        services.AddSingleton<OrderStore>();
        services.AddSingleton<PresentedProofs>();
        services.AddSingleton<OrderRunner>();
        services.AddSingleton<OrderCleanUp>();
        services.AddSingleton<StartGatherer>();
        services.AddSingleton<AcmeIssuing>();
        services.AddSingleton<IDnsProviders, OpenedDnsProviders>();
        services.AddSingleton<IGatewayAnswers, GatewayAnswers>();
        services.AddSingleton<IAnswerProbe>(new AnswerProbe(AnswerProbe.DialAsync));
        services.AddSingleton<IChallengeSolver, DnsChallengeSolver>();
        services.AddSingleton<IChallengeSolver>(provider => OnGateways(provider, ChallengeKind.Http01));
        services.AddSingleton<IChallengeSolver>(provider => OnGateways(provider, ChallengeKind.TlsAlpn01));
        services.AddSingleton<ChallengeSolvers>();
        services.AddSingleton<AuthorityStore>();
        services.AddSingleton<IRevocationPublisher, GatewayRevocationPublisher>();
        services.AddSingleton<Revocations>();
        services.AddSingleton<InternalIssuing>();
        services.AddSingleton(provider => new RenewalInfoFollower(
            provider.GetRequiredService<AcmeAccounts>(), Random.Shared.NextDouble,
            provider.GetRequiredService<CertificateMetrics>(),
            provider.GetRequiredService<ILogger<RenewalInfoFollower>>()));
        return services.AddController<SstpCertificate, SstpCertificateStatus, CertificateReconciler>(
            Kinds.SstpCertificates, Follow);
    }

    private static GatewayChallengeSolver OnGateways(IServiceProvider provider, ChallengeKind kind) => new(
        kind,
        provider.GetRequiredService<IGatewayAnswers>(),
        provider.GetRequiredService<IAnswerProbe>(),
        provider.GetRequiredService<IAuthoritativeResolver>());

    private static void Follow(ControllerBuilder<SstpCertificate> certificates)
    {
        certificates.Workers = 8;    // a pass waits for CAs and DNS most of the time
        certificates.RefersToSecrets(SecretsOf);
        certificates.RefersTo(Kinds.VpnGateways, GatewaysOf);
    }

    /// <summary>Its own, too: one that somebody deletes or spoils is made again.</summary>
    private static IEnumerable<string> SecretsOf(SstpCertificate certificate)
    {
        var (issuer, output) = (certificate.Spec.Issuer, certificate.Spec.Output);
        string?[] names =
        [
            SecretNames.Output(certificate), output.Pkcs12?.PasswordSecret.Name,
            issuer.InternalCa?.CaSecret.Name, issuer.Acme?.AccountSecret.Name,
            issuer.Acme?.ExternalAccountBinding?.KeySecret.Name,
        ];
        return [.. names.OfType<string>(), .. (issuer.Acme?.Challenges ?? [])
            .Select(solver => solver.Dns01?.Provider).OfType<DnsProvider>().SelectMany(CredentialsOf)];
    }

    private static IEnumerable<string> CredentialsOf(DnsProvider provider)
    {
        string?[] names =
        [
            provider.Cloudflare?.TokenSecret.Name, provider.Rfc2136?.Tsig?.Secret.Name,
            provider.DuckDns?.TokenSecret.Name, provider.Webhook?.SigningSecret.Name,
        ];
        return names.OfType<string>();
    }

    private static IEnumerable<string> GatewaysOf(SstpCertificate certificate)
    {
        var solvers = (certificate.Spec.Issuer.Acme?.Challenges ?? [])
            .Select(solver => (solver.Http01 ?? solver.TlsAlpn01)?.VpnGatewayName);
        return [.. solvers.Append(certificate.Spec.Issuer.InternalCa?.RevocationList?.VpnGatewayName)
            .OfType<string>().Distinct(StringComparer.Ordinal)];
    }
}
