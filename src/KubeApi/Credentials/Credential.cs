using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace KubeApi.Credentials;

/// <summary>What convinces the server of who is asking: a header, a certificate, both or neither.</summary>
/// <param name="Certificate">With its private key. Who made it owns it, and keeps it while requests may use it.</param>
public sealed record Credential(AuthenticationHeaderValue? Authorization, X509Certificate2? Certificate)
{
    public static Credential Anonymous { get; } = new(null, null);

    public static Credential Bearer(string token) => new(new AuthenticationHeaderValue("Bearer", token), null);

    /// <summary>Keeps the secret out of messages and logs.</summary>
    public override string ToString() => $"{Authorization?.Scheme ?? "no header"}, {Certificate?.Subject ?? "no certificate"}";
}
