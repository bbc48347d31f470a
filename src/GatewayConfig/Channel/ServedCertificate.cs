namespace GatewayConfig.Channel;

/// <summary>A certificate that new handshakes get.</summary>
public sealed record ServedCertificate
{
    /// <summary>DNS names in lower case, wildcards as written.</summary>
    public IReadOnlyList<string> Names { get; init => field = value ?? []; } = [];

    /// <summary>Upper-case hexadecimal without leading zero octets taken away.</summary>
    public string SerialNumber { get; init => field = value ?? ""; } = "";

    /// <summary>The issuer's distinguished name (RFC 4514).</summary>
    public string Issuer { get; init => field = value ?? ""; } = "";

    public DateTimeOffset NotBefore { get; init; }

    public DateTimeOffset NotAfter { get; init; }

    /// <summary>SHA-256 of the DER form, lower-case hexadecimal.</summary>
    public string Sha256 { get; init => field = value ?? ""; } = "";

    /// <summary>Made by the gateway itself until it has a real one; no calls are taken over it.</summary>
    public bool IsPlaceholder { get; init; }

    /// <summary>Whether its CA names an OCSP responder, whose answer is fetched
    /// and sent along in handshakes (RFC 6066 8).</summary>
    public bool HasOcsp { get; init; }
}
