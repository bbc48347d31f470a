using System.Security.Cryptography;
using GatewayConfig.Formats;
using SstpProtocol.Ppp.Authentication.MsChap;

namespace SstpGateway.Authentication;

/// <summary>Makes what goes into the users file.</summary>
public static class UserSecrets
{
    // RFC 4226 section 4, R6 recommends 160 bits.
    private const int TotpSecretSize = 20;

    /// <summary>For <c>ntHash</c>: 32 hexadecimal digits. Quote it in YAML.</summary>
    public static string NtHash(string password)
    {
        Span<byte> hash = stackalloc byte[MsChapV2.NtHashSize];
        MsChapV2.NtHash(password, hash);
        return Convert.ToHexString(hash);
    }

    /// <summary>For <c>verifier</c>; another one each time.</summary>
    public static string Verifier(string password) => PasswordVerifier.Create(password).Format();

    /// <summary>For <c>totpSecret</c>, and for the user's authenticator app.</summary>
    public static string TotpSecret() => Base32.Encode(RandomNumberGenerator.GetBytes(TotpSecretSize));
}
