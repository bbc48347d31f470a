using System.Text;

namespace Operator.Certificates.Acme.Wire;

/// <summary>A problem document (RFC 9457) as ACME uses it (RFC 8555 section 6.7).</summary>
/// <param name="Type">A URN such as "urn:ietf:params:acme:error:rateLimited".</param>
/// <param name="Detail">The CA's own words.</param>
/// <param name="Instance">A page a person has to visit, with userActionRequired.</param>
internal sealed record Problem(
    string? Type = null,
    string? Detail = null,
    string? Title = null,
    int? Status = null,
    Uri? Instance = null,
    Identifier? Identifier = null,
    IReadOnlyList<Problem>? Subproblems = null)
{
    private const string Prefix = "urn:ietf:params:acme:error:";

    /// <summary>The type without the prefix that all ACME errors share; "about:blank" where
    /// there is none (RFC 9457 section 4.2.1).</summary>
    public string Kind =>
        Type is null ? "about:blank" : Type.StartsWith(Prefix, StringComparison.Ordinal) ? Type[Prefix.Length..] : Type;

    public static Problem Of(string kind, string detail) => new(Prefix + kind, detail);

    /// <summary>In the CA's own words, with those on each name after them.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Identifier is not null) text.Append(Identifier.Value).Append(": ");
        text.Append(Detail ?? Title ?? "no detail given").Append(" (").Append(Kind).Append(')');
        foreach (var part in Subproblems ?? []) text.Append("; ").Append(part);
        return text.ToString();
    }
}
