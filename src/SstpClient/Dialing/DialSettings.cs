using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace SstpClient.Dialing;

/// <summary>Where to call, and whom to believe.</summary>
public sealed record DialSettings
{
    /// <summary>DNS name or address; what the certificate must be for, and what SNI and Host say.</summary>
    public required string Host { get; init; }

    /// <summary>Called in place of what the name resolves to: one gateway of several. Null resolves the name.</summary>
    public IPAddress? Address { get; init; }

    public int Port { get; init; } = 443;

    /// <summary>Certificate authorities to trust instead of the system's; null trusts the system's.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>For one address, TLS, or the HTTP answer, each. Default 10 s.</summary>
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
