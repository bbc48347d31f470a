using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Operator.Dns.Failover;
using Operator.Resources.DdnsRecords;
using ProbeResult = Operator.Dns.Failover.ProbeResult;

namespace Operator.Dns.Vantages;

/// <summary>Makes a vote of what a gateway saw. Gateways report certificates; whether one will do is judged here,
/// as for the operator's own looks.</summary>
public static class TestimonyJudge
{
    public static ProbeResult Judge(GatewayConfig.Channel.ProbeResult seen, ProbePlan plan, string address, DateTimeOffset now)
    {
        if (!seen.IsReachable) return new ProbeResult(false, $"{address}: {seen.Problem ?? "not reached"}");
        if (plan.Kind == HealthCheckKind.Tcp) return new ProbeResult(true, $"{address}: answers");
        return CertificateProblem(seen, plan, now) is { } problem
            ? new ProbeResult(false, $"{address}: tls: {problem}")
            : new ProbeResult(true, $"{address}: answers");
    }

    private static string? CertificateProblem(GatewayConfig.Channel.ProbeResult seen, ProbePlan plan, DateTimeOffset now)
    {
        if (seen.Chain.Count == 0)
            return "the gateway that looked does not say which certificates it was shown; update its image";
        var shown = new List<X509Certificate2>();
        try
        {
            shown.AddRange(seen.Chain.Select(pem => X509Certificate2.CreateFromPem(pem)));
            return Problem(shown, plan, now);
        }
        catch (CryptographicException exception)
        {
            return $"the certificate cannot be read: {exception.Message}";
        }
        finally
        {
            shown.ForEach(certificate => certificate.Dispose());
        }
    }

    private static string? Problem(List<X509Certificate2> shown, ProbePlan plan, DateTimeOffset now)
    {
        var leaf = shown[0];
        if (!leaf.MatchesHostname(plan.ServerName, allowWildcards: true, allowCommonName: false))
            return $"the certificate is for another name than {plan.ServerName}";
        DateTimeOffset ends = leaf.NotAfter.ToUniversalTime();
        if (ends - now < plan.MinimumLifetime)
            return string.Create(CultureInfo.InvariantCulture, $"the certificate ends at {ends:u}, which is too soon");

        using var chain = new X509Chain();
        chain.ChainPolicy.ExtraStore.AddRange(shown.Skip(1).ToArray());
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        if (!plan.Authorities.IsEmpty)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(plan.Authorities.ToArray());
        }

        return chain.Build(leaf)
            ? null
            : $"the certificate is not valid: {string.Join(", ", chain.ChainStatus.Select(status => status.Status).Distinct())}";
    }
}
