using System.Net.Sockets;
using FluentValidation;
using GatewayConfig.Formats;

namespace GatewayConfig.Users;

/// <remarks>No message repeats a secret, not even a malformed one: they go into logs and status.</remarks>
public sealed class UserConfigValidator : AbstractValidator<UserConfig>
{
    public const int MaxNameLength = 64;

    private const int MaxPasswordLength = 256; // RFC 2759 8.3: 0 to 256 Unicode characters.
    private const int MinTotpSecretSize = 16; // RFC 4226 section 4, R6.
    private const int MaxTotpSecretSize = 128;
    private const int Ipv6PrefixLength = 64;

    public UserConfigValidator()
    {
        RuleFor(u => u.Name).Passes(NameProblem);
        RuleFor(u => u).Passes(SecretsProblem);
        RuleFor(u => u.NtHash!).Passes(NtHashProblem).When(u => u.NtHash is not null);
        RuleFor(u => u.Password!).Passes(PasswordProblem).When(u => u.Password is not null);
        RuleFor(u => u.Verifier!).Passes(PasswordVerifier.Problem).When(u => u.Verifier is not null);
        RuleFor(u => u.TotpSecret!).Passes(TotpSecretProblem).When(u => u.TotpSecret is not null);
        RuleFor(u => u.Groups).Holds(0, 64).HoldsEachOnce();
        RuleForEach(u => u.Groups).Passes(GroupProblem);
        RuleFor(u => u.Address4!).Passes(Address4Problem).When(u => u.Address4 is not null);
        RuleFor(u => u.Address6!).Passes(Address6Problem).When(u => u.Address6 is not null);
        RuleFor(u => u.Expires!).Passes(ExpiryText.Problem).When(u => u.Expires is not null);
    }

    private static string? NameProblem(string name)
    {
        if (name.Length == 0) return "is missing; give the name the user logs in with";
        if (name.Length > MaxNameLength) return $"has {name.Length} characters; give at most {MaxNameLength}";
        if (name.Contains('\\', StringComparison.Ordinal))
            return "has a backslash; give the name without its domain, which is ignored when a user types one";
        return name.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or '@' or '+')
            ? null
            : "has a character that is not a letter, a digit or one of . _ - @ +";
    }

    private static string? SecretsProblem(UserConfig user)
    {
        var given = (user.NtHash is null ? 0 : 1) + (user.Password is null ? 0 : 1) + (user.Verifier is null ? 0 : 1);
        return given switch
        {
            1 => null,
            0 => "has no secret; give ntHash, verifier or password",
            _ => "has more than one secret; give one of ntHash, verifier and password",
        };
    }

    private static string? NtHashProblem(string text) =>
        text.Length == 32 && text.All(char.IsAsciiHexDigit) ? null : "is no NT hash; give 32 hexadecimal digits, in quotes";

    private static string? PasswordProblem(string text) =>
        text.Length is > 0 and <= MaxPasswordLength ? null : $"has {text.Length} characters; give 1 to {MaxPasswordLength}";

    private static string? TotpSecretProblem(string text) =>
        Base32.TryDecode(text, out var secret) && secret.Length is >= MinTotpSecretSize and <= MaxTotpSecretSize
            ? null
            : $"is no TOTP secret; give {MinTotpSecretSize} to {MaxTotpSecretSize} octets in Base32 (26 or more of A-Z and 2-7)";

    private static string? GroupProblem(string name)
    {
        if (name.Length is 0 or > MaxNameLength) return $"has {name.Length} characters; give 1 to {MaxNameLength}";
        return name.Any(char.IsControl) ? "has a control character in it" : null;
    }

    private static string? Address4Problem(string text) =>
        HostAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork
            ? null
            : $"is '{text}'; give an IPv4 address such as 10.254.0.10";

    private static string? Address6Problem(string text)
    {
        if (AddressRange.Problem(text, AddressFamily.InterNetworkV6) is { } problem) return problem;
        return AddressRange.TryParse(text, out var network) && network.PrefixLength == Ipv6PrefixLength
            ? null
            : $"is '{text}'; give a /64, which is what one call gets";
    }
}
