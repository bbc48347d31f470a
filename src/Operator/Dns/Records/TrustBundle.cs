using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Operator.Dns.Records;

/// <summary>Certificate authorities as a ConfigMap holds them.</summary>
public static class TrustBundle
{
    /// <returns>Null when there is no certificate in it, or one that cannot be read.</returns>
    public static X509Certificate2Collection? Read(string pem)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            return null;
        }

        return authorities.Count > 0 ? authorities : null;
    }
}
