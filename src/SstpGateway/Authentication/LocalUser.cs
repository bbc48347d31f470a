using System.Net;
using GatewayConfig.Formats;
using GatewayConfig.Users;
using SstpProtocol.Ppp.Authentication.MsChap;

namespace SstpGateway.Authentication;

/// <summary>One entry of the users file, ready for use.</summary>
internal sealed class LocalUser
{
    private readonly UserConfig config;
    private readonly byte[]? ntHash;

    /// <param name="config">Validated.</param>
    public LocalUser(UserConfig config)
    {
        this.config = config;
        Verifier = config.Verifier is { } text && PasswordVerifier.TryParse(text, out var verifier) ? verifier : null;
        TotpSecret = config.TotpSecret is { } base32 && Base32.TryDecode(base32, out var secret) ? secret : null;
        Expires = config.Expires is { } expiry && ExpiryText.TryParse(expiry, out var end) ? end : null;
        Identity = new AuthenticatedUser(
            config.Name,
            config.Groups,
            config.Address4 is { } address4 ? IPAddress.Parse(address4) : null,
            config.Address6 is { } address6 ? IPNetwork.Parse(address6) : null);

        if (config.NtHash is { } hexadecimal)
        {
            ntHash = Convert.FromHexString(hexadecimal);
        }
        else if (config.Password is { } password)
        {
            ntHash = new byte[MsChapV2.NtHashSize];
            MsChapV2.NtHash(password, ntHash);
        }
    }

    public AuthenticatedUser Identity { get; }

    /// <summary>Given, or made from the password; empty where there is only a verifier.</summary>
    public ReadOnlySpan<byte> NtHash => ntHash;

    public string? Password => config.Password;
    public PasswordVerifier? Verifier { get; }
    public byte[]? TotpSecret { get; }
    public bool Disabled => config.Disabled;
    public DateTimeOffset? Expires { get; }

    public override string ToString() => config.ToString();
}
