using SstpProtocol.Ppp.Authentication;

namespace SstpProtocol.Ppp;

public sealed record ServerLinkSettings : LinkSettings
{
    /// <summary>The methods allowed, at least one, proposed in this order.</summary>
    public required IReadOnlyList<AuthenticationMethod> Methods { get; init; }
}
