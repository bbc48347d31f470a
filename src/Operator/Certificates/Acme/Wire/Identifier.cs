namespace Operator.Certificates.Acme.Wire;

/// <param name="Type">"dns", or "ip" (RFC 8738).</param>
/// <param name="Value">A name in A-labels, without a dot at the end; in an order it may begin with "*.",
/// in an authorization it never does.</param>
internal sealed record Identifier(string Type, string Value)
{
    public static Identifier Of(string name) => new(CertificateNames.IsAddress(name) ? "ip" : "dns", name);
}
