namespace GatewayConfig.Users;

/// <summary>One local user. Exactly one of <see cref="NtHash"/>, <see cref="Password"/> and <see cref="Verifier"/>
/// is given.</summary>
/// <remarks>
/// What each serves: <c>password</c> every method; <c>ntHash</c> MS-CHAPv2, EAP-MSCHAPv2 and PAP; <c>verifier</c> PAP only. With
/// <c>totpSecret</c> only PAP is left, for no other method can carry the code.
/// </remarks>
public sealed record UserConfig
{
    /// <summary>Without "DOMAIN\"; compared without letter case. 1 to 64 letters, digits and any of . _ - @ +</summary>
    public string Name { get; init; } = "";

    /// <summary>MD4 of the password in UTF-16 as 32 hexadecimal digits. As good as the password to whoever reads it.</summary>
    public string? NtHash { get; init; }

    /// <summary>In the clear, 1 to 256 characters. Only for CHAP with MD5, which can do with nothing less.</summary>
    public string? Password { get; init; }

    /// <summary>See <see cref="Formats.PasswordVerifier"/>: the one form that is of little use to a thief.</summary>
    public string? Verifier { get; init; }

    /// <summary>Base32 (RFC 4648), 16 octets or more (RFC 4226 4): six digits every 30 s are appended to the password.</summary>
    public string? TotpSecret { get; init; }

    /// <summary>At most 64; access rules name them.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The IPv4 address this user always gets; null for one of the pool.</summary>
    public string? Address4 { get; init; }

    /// <summary>The IPv6 /64 this user always gets; null for one of the pool.</summary>
    public string? Address6 { get; init; }

    /// <summary>True keeps the entry but refuses the user.</summary>
    public bool Disabled { get; init; }

    /// <summary>"2027-01-31" for until the end of that day (UTC), or a moment such as "2027-01-31T18:00:00Z";
    /// null for never.</summary>
    public string? Expires { get; init; }

    // A record's ToString would print the secrets into the first log line that shows it.
    public override string ToString() => $"user {Name}";
}
