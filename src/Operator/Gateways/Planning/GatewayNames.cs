using Operator.Resources;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning;

/// <summary>How the objects of a VpnGateway are called, and where its pods find what: the contract with the gatherer,
/// the channel and whoever runs the pods.</summary>
public static class GatewayNames
{
    /// <summary>Label of everything that is made for a VpnGateway: its name.</summary>
    public const string GatewayLabel = $"{ApiGroup.Name}/gateway";

    /// <summary>Set before anything is made, so that a deletion drains calls first.</summary>
    public const string Finalizer = $"{ApiGroup.Name}/gateway";

    /// <summary>Key of the users Secret.</summary>
    public const string UsersKey = "users.yaml";

    /// <summary>Key of the config Secret, and file that the gateway runs from.</summary>
    public const string ConfigKey = "gateway.yaml";

    // Folders inside a pod. gateway.yaml names the others as ../users and so on, and STATE_DIRECTORY the last one, so that
    // whoever runs pods as processes may put them elsewhere.
    public const string ConfigFolder = "/etc/sstp-gateway/config";
    public const string UsersFolder = "/etc/sstp-gateway/users";
    public const string TlsFolder = "/etc/sstp-gateway/tls";
    public const string ChannelFolder = "/etc/sstp-gateway/channel";
    public const string DecoyFolder = "/etc/sstp-gateway/decoy";
    public const string StateFolder = "/var/lib/sstp-gateway";

    private const string DeskSuffix = "-desk";

    /// <summary>Deployment or DaemonSet, ServiceAccount and PodDisruptionBudget.</summary>
    public static string Workload(string gateway) => $"{gateway}-gateway";

    /// <summary>Secret with gateway.yaml.</summary>
    public static string Config(string gateway) => $"{gateway}-config";

    /// <summary>Secret with the gateway's side of the operator's channel: <c>tls.crt</c>, <c>tls.key</c>, <c>ca.crt</c>.
    /// Made by whoever holds the CA, before the workload is.</summary>
    public static string Channel(string gateway) => $"{gateway}-channel";

    /// <summary>Secret by which people ask about the live gateways: docs/adr/0071-desk.md.</summary>
    public static string Desk(string gateway) => $"{gateway}{DeskSuffix}";

    /// <summary>The gateway for whose desk a name is meant; null when it is meant for none.</summary>
    public static string? OfDesk(string secret) =>
        secret.Length > DeskSuffix.Length && secret.EndsWith(DeskSuffix, StringComparison.Ordinal)
            ? secret[..^DeskSuffix.Length]
            : null;

    /// <summary>Its type.</summary>
    public const string DeskSecretType = $"{ApiGroup.Name}/desk";

    /// <summary>Service for Prometheus.</summary>
    public static string Metrics(string gateway) => $"{gateway}-metrics";

    /// <summary>ConfigMap with what clients need.</summary>
    public static string Profiles(string gateway) => $"{gateway}-profiles";

    /// <summary>The SstpCertificate that the gateways serve; null when a Secret is named instead, or nothing.</summary>
    public static string? Certificate(VpnGateway gateway) => gateway.Spec.Certificate switch
    {
        { CertificateName: { } name } => name,
        { Template: not null } => gateway.Metadata.Name,
        _ => null,
    };

    /// <summary>The DdnsRecord that leads to the gateways; null without publication.</summary>
    public static string? Record(VpnGateway gateway) => gateway.Spec.Publication switch
    {
        { RecordName: { } name } => name,
        { Template: not null } => gateway.Metadata.Name,
        _ => null,
    };

    /// <summary>The Secret with the certificate; null when none is wanted, or when
    /// the SstpCertificate that knows is not there yet.</summary>
    /// <param name="certificate">The SstpCertificate that <see cref="Certificate"/> names.</param>
    public static string? TlsSecret(VpnGateway gateway, Resources.SstpCertificates.SstpCertificate? certificate) =>
        gateway.Spec.Certificate switch
        {
            { SecretName: { } name } => name,
            { Template: not null } => MadeTlsSecret(gateway.Metadata.Name),
            { CertificateName: not null } when certificate is not null =>
                certificate.Spec.Output.SecretName ?? certificate.Metadata.Name,
            _ => null,
        };

    /// <summary>The Secret of a certificate that is made from the template.</summary>
    public static string MadeTlsSecret(string gateway) => $"{gateway}-tls";

    /// <summary>Labels by which the pods are found.</summary>
    public static IReadOnlyDictionary<string, string> Selector(string gateway) => new Dictionary<string, string>
    {
        ["app.kubernetes.io/name"] = "sstp-gateway",
        [GatewayLabel] = gateway,
    };
}
