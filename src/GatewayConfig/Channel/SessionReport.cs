namespace GatewayConfig.Channel;

/// <summary>One call as an administrator sees it.</summary>
/// <param name="Id">Unique while the process runs; what DELETE /sessions/{id} takes.</param>
/// <param name="User">The name that logged in.</param>
/// <param name="Source">Address and port the call comes from.</param>
/// <param name="Address4">The client's IPv4 address in the tunnel, or null.</param>
/// <param name="Prefix6">The client's IPv6 /64, or null.</param>
/// <param name="Since">When the call got its address.</param>
/// <param name="BytesFromClient">Of tunnelled IP packets.</param>
/// <param name="BytesToClient">Of tunnelled IP packets.</param>
/// <param name="Client">What the client says it is (LCP Identification), or null.</param>
/// <param name="TlsVersion">"TLS 1.2" or "TLS 1.3".</param>
/// <param name="Method">Name of the authentication method.</param>
public sealed record SessionReport(
    long Id,
    string User,
    string Source,
    string? Address4,
    string? Prefix6,
    DateTimeOffset Since,
    long BytesFromClient,
    long BytesToClient,
    string? Client,
    string TlsVersion,
    string Method);
