using Operator.Resources.SstpCertificates;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning.Status;

/// <summary>Who needs <c>listening.httpPort</c>: the port is open only for ACME
/// HTTP-01 challenges and revocation lists.</summary>
public static class PlainHttp
{
    /// <summary>The VpnGateways that an issuer has answer at that port.</summary>
    public static IEnumerable<string> GatewaysOf(CertificateIssuer issuer)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        foreach (var solver in issuer.Acme?.Challenges ?? [])
        {
            if (solver.Http01?.VpnGatewayName is { } name) yield return name;
        }

        if (issuer.InternalCa?.RevocationList?.VpnGatewayName is { } list) yield return list;
    }

    internal static bool IsNeededBy(VpnGateway gateway, GatewayFacts facts) =>
        gateway.Spec.Listening.HttpPort > 0
        && (facts.AnsweringHttp.Contains($"{gateway.Metadata.Namespace}/{gateway.Metadata.Name}")
            || (gateway.Spec.Certificate?.Template is { } template
                && GatewaysOf(template.Issuer).Contains(gateway.Metadata.Name)));
}
