using Operator.Gateways.Planning.Configuration;
using Operator.Resources;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning.Status;

/// <summary>Whether every gateway serves the certificate that is wanted.</summary>
internal static class CertificateFinding
{
    public static Finding Of(GatewayFacts facts, TlsContent? content, Fleet fleet)
    {
        if (facts.Gateway.Spec.Certificate is not { } wanted)
            return No(
                "NoCertificate", "spec.certificate names none: the gateways show a placeholder and refuse calls",
                needsPerson: true);

        if (GatewayNames.Certificate(facts.Gateway) is { } name && content?.Pem is null)
        {
            if (facts.Certificate is not { } certificate)
                return No("CertificateNotFound", $"SstpCertificate {name} does not exist", needsPerson: wanted.Template is null);
            var ready = certificate.Status?.Conditions.FirstOrDefault(condition => condition.Type == ConditionTypes.Ready);
            if (ready is not { Status: ConditionStatus.True })
                return No(
                    "CertificateNotReady",
                    $"SstpCertificate {name} is not ready{(ready is null ? " yet" : $" ({ready.Reason}): {ready.Message}")}");
        }
        if (content is not { Pem: not null })
            return No(
                content?.Reason ?? "CertificateSecretNotFound",
                content?.Problem ?? "the Secret with the certificate is not known yet",
                needsPerson: wanted.SecretName is not null);

        foreach (var member in fleet.Members.Where(member => member.Status is not null))
        {
            if (member.Certificate?.SerialNumber == content.Serial) continue;
            return member.Status!.RefusedCertificates is [{ } refused, ..]
                ? No("CertificateRefused", $"{member.Where} refuses the certificate: {refused.Problem}", needsPerson: true)
                : No("RollingOut", $"{member.Where} does not serve the certificate yet");
        }
        var silent = fleet.Members.Where(member => member.Status is null && !member.Pod.Metadata.IsDeleting).ToArray();
        if (!fleet.Members.Any(member => member.Status is not null))
            return Finding.Unknown(
                VpnGatewayConditions.CertificateReady, "NoGatewayAnswers",
                "the certificate is there, and no gateway has said yet that it serves it");
        return silent is [var first, ..]
            ? Finding.Unknown(
                VpnGatewayConditions.CertificateReady, "NotAllAnswer",
                $"{first.Where} does not say which certificate it serves; all that answer serve this one")
            : Finding.True(VpnGatewayConditions.CertificateReady, "Served", "every gateway serves the certificate");
    }

    private static Finding No(string reason, string message, bool needsPerson = false) =>
        Finding.False(VpnGatewayConditions.CertificateReady, reason, message, needsPerson);
}
