namespace SstpProtocol.Tls;

/// <summary>What a TLS client asks for, read before TLS itself begins (RFC 8446 4.1.2).</summary>
/// <param name="ServerName">host_name of server_name (RFC 6066 3) as sent, visible ASCII; null when the client sent none.</param>
/// <param name="ApplicationProtocols">ALPN (RFC 7301) in the client's order, one character an octet; empty when absent.</param>
/// <param name="SupportedVersions">supported_versions (RFC 8446 4.2.1) in the client's order, such as 0x0304;
/// when absent, legacy_version alone.</param>
public sealed record ClientHello(
    string? ServerName, IReadOnlyList<string> ApplicationProtocols, IReadOnlyList<ushort> SupportedVersions)
{
    /// <summary>A hello that asks for nothing: what readers give while they have none.</summary>
    public static readonly ClientHello Empty = new(null, [], []);
}
