using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace LocalControlPlane.Authentication;

/// <summary>Finds out who asks: by the administrator's token, that of a service account,
/// or a certificate of the server's own authority.</summary>
internal sealed class Authenticator(ServerAuthority authority, string token, ServiceAccountTokens accounts)
{
    private const string Bearer = "Bearer ";

    private readonly byte[] _token = SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Null for a stranger.</summary>
    public Identity? Identify(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return FromToken(header[Bearer.Length..].Trim());
        return context.Connection.ClientCertificate is { } certificate && authority.Trusts(certificate)
            ? FromCertificate(certificate)
            : null;
    }

    // Digests are compared, in constant time, so that neither length nor content shows in how long it takes.
    private Identity? FromToken(string given) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), _token)
            ? Identity.Administrator
            : accounts.Read(given);

    private static Identity? FromCertificate(X509Certificate2 certificate)
    {
        var parts = certificate.SubjectName.EnumerateRelativeDistinguishedNames()
            .Where(part => !part.HasMultipleElements)
            .Select(part => (Oid: part.GetSingleElementType().Value, Value: part.GetSingleElementValue()))
            .ToList();
        var name = parts.FirstOrDefault(part => part.Oid == "2.5.4.3").Value;
        if (name is null) return null;
        return new Identity(
            name, [.. parts.Where(part => part.Oid == "2.5.4.10").Select(part => part.Value!), Identity.Authenticated]);
    }
}
