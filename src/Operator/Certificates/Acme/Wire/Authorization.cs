namespace Operator.Certificates.Acme.Wire;

/// <summary>RFC 8555 section 7.1.4.</summary>
/// <param name="Wildcard">The order asked for "*." before the identifier; the identifier itself does not show it.</param>
internal sealed record Authorization(
    AuthorizationStatus Status,
    Identifier Identifier,
    IReadOnlyList<Challenge> Challenges,
    bool Wildcard = false,
    DateTimeOffset? Expires = null)
{
    /// <summary>The name as the order has it.</summary>
    public string OrderedName => Wildcard ? "*." + Identifier.Value : Identifier.Value;
}
