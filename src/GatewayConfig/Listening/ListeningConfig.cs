namespace GatewayConfig.Listening;

/// <summary>Where calls come in. Addresses are fixed at start; the rest follows a reload.</summary>
public sealed record ListeningConfig
{
    /// <summary>"address:port" pairs, IPv6 in brackets. "[::]:443" takes IPv6 only;
    /// both families need both lines. 1 to 16.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = ["0.0.0.0:443", "[::]:443"];

    /// <summary>CIDR ranges calls may come from; empty means anywhere. Others get a closed connection. At most 1024.</summary>
    public IReadOnlyList<string> AllowedSources { get; init; } = [];

    /// <summary>
    /// Port for plain HTTP on the same addresses, from anywhere, open only while there is an ACME HTTP-01 challenge to answer or
    /// a revocation list to serve. Default 80, the only one that CAs ask (RFC 8555 8.3); 0 never opens one.
    /// </summary>
    public int HttpPort { get; init; } = 80;
}
