namespace Operator.Certificates.InternalCa;

/// <summary>A certificate that an internal authority shall issue.</summary>
/// <param name="Subject">Common name; for a client, the user.</param>
/// <param name="Names">DNS names and addresses, normalized; may be empty for a client.</param>
/// <param name="UserPrincipalName">Of a client, as Windows' certificate log-in wants it (user@domain); null for none.</param>
/// <param name="RevocationList">Plain HTTP: Windows asks before the tunnel is up. Null when none is published.</param>
internal sealed record LeafRequest(
    string Subject,
    IReadOnlyList<string> Names,
    bool Server,
    bool Client,
    TimeSpan Lifetime,
    string? UserPrincipalName = null,
    Uri? RevocationList = null);
