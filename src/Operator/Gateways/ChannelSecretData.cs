using System.Text;
using System.Text.Json.Nodes;
using GatewayConfig.Channel;
using KubeApi.Objects;

namespace Operator.Gateways;

/// <summary>How certificates of the channel lie in Secrets: a certificate, its key, and whom to believe.</summary>
internal static class ChannelSecretData
{
    public const string Certificate = "tls.crt";
    public const string Key = "tls.key";
    public const string Trust = "ca.crt";

    public static JsonObject Of(CertificatePem issued, string trustBundle) => new()
    {
        [Certificate] = Encode(issued.Chain),
        [Key] = Encode(issued.Key),
        [Trust] = Encode(trustBundle),
    };

    /// <returns>Null when there is no such key.</returns>
    public static string? Text(Secret secret, string key) =>
        secret.Find(key) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    public static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
