using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeApi.Objects;
using Operator.Resources;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning.Configuration;

/// <summary>The spec that was put into effect last. While a later one cannot be accepted,
/// this is what keeps running and is kept in repair.</summary>
/// <remarks>It stands in the config Secret, beside the gateway.yaml that was made of it (ADR 27).</remarks>
/// <param name="TlsSecret">What <see cref="GatewayNames.TlsSecret"/> was at that time:
/// an SstpCertificate that knew may be gone since.</param>
internal sealed record AcceptedSpec(VpnGatewaySpec Spec, string? TlsSecret)
{
    /// <summary>Key of the config Secret. Gateways do not look at it.</summary>
    public const string SecretKey = "accepted.json";

    private const string SpecField = "spec";
    private const string TlsSecretField = "tlsSecret";

    /// <returns>Null when nothing was accepted yet, or an operator that did not keep it did.</returns>
    public static AcceptedSpec? Read(KubeObject<Secret>? config)
    {
        if (config?.Value.Find(SecretKey) is not { } stored) return null;
        try
        {
            return JsonNode.Parse(stored) is JsonObject kept
                && kept[SpecField].Deserialize(ResourceJson.Info<VpnGatewaySpec>()) is { } spec
                ? new AcceptedSpec(spec, (string?)kept[TlsSecretField])
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Somebody else wrote it. What runs is left as it is, as when nothing is known.
            return null;
        }
    }

    /// <summary>The same spec always gives the same bytes.</summary>
    public byte[] Write() => Encoding.UTF8.GetBytes(new JsonObject
    {
        [SpecField] = JsonSerializer.SerializeToNode(Spec, ResourceJson.Info<VpnGatewaySpec>()),
        [TlsSecretField] = TlsSecret,
    }.ToJsonString());
}
