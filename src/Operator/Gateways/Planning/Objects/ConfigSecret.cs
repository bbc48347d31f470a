using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Operator.Gateways.Planning.Configuration;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning.Objects;

/// <summary>The Secret with gateway.yaml. A Secret and not a ConfigMap, for the file
/// tells how the network inside is built.</summary>
internal static class ConfigSecret
{
    public static JsonObject Make(VpnGateway gateway, WantedConfiguration wanted, string? tlsSecret)
    {
        var secret = ObjectHead.Make(gateway, "v1", "Secret", GatewayNames.Config(gateway.Metadata.Name));
        secret["metadata"]!["annotations"] = new JsonObject
        {
            [WantedConfiguration.DigestAnnotation] = wanted.ContentDigest,
            [WantedConfiguration.RevisionAnnotation] = wanted.Bundle.Revision.ToString(CultureInfo.InvariantCulture),
        };
        secret["type"] = "Opaque";
        // Not stringData: that is write-only, and so would differ from what is read back for ever.
        secret["data"] = new JsonObject
        {
            [GatewayNames.ConfigKey] = Convert.ToBase64String(Encoding.UTF8.GetBytes(wanted.Bundle.Configuration)),
            [AcceptedSpec.SecretKey] = Convert.ToBase64String(new AcceptedSpec(gateway.Spec, tlsSecret).Write()),
        };
        return secret;
    }
}
