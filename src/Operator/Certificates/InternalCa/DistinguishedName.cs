using System.Security.Cryptography.X509Certificates;

namespace Operator.Certificates.InternalCa;

internal static class DistinguishedName
{
    /// <summary>The upper bound of a common name (RFC 5280 appendix A.1, ub-common-name).</summary>
    private const int MaxLength = 64;

    /// <summary>A common name with a suffix that is never cut off.</summary>
    public static X500DistinguishedName Of(string name, string suffix)
    {
        var room = MaxLength - suffix.Length - 1;
        return Of($"{(name.Length > room ? name[..room] : name)} {suffix}");
    }

    public static X500DistinguishedName Of(string commonName)
    {
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName(commonName.Length > MaxLength ? commonName[..MaxLength] : commonName);
        return builder.Build();
    }
}
