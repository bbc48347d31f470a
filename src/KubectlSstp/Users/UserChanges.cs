using System.Security.Cryptography;
using GatewayConfig.Formats;
using GatewayConfig.Users;
using KubectlSstp.Cluster;
using SstpProtocol.Ppp.Authentication.MsChap;

namespace KubectlSstp.Users;

/// <summary>What can be done to a list of users. Pure but for new random secrets.</summary>
internal static class UserChanges
{
    /// <summary>160 bits, as RFC 4226 4 recommends.</summary>
    private const int TotpSecretLength = 20;

    public static UsersConfig Add(UsersConfig users, string name, string password, IReadOnlyList<string> groups)
    {
        RequireFree(users, name);
        return With(users, [.. users.Users, new UserConfig { Name = name, NtHash = HashOf(password), Groups = groups }]);
    }

    /// <summary>For asking before a password is typed twice in vain.</summary>
    /// <exception cref="RefusedException">There is such a user.</exception>
    public static void RequireFree(UsersConfig users, string name)
    {
        if (users.Users.Any(user => Same(user, name)))
            throw new RefusedException($"There is a user {name} already; \"kubectl sstp user passwd\" gives a new password.");
    }

    /// <exception cref="RefusedException">There is no such user.</exception>
    public static void RequireThere(UsersConfig users, string name) => Find(users, name);

    public static UsersConfig SetPassword(UsersConfig users, string name, string password) =>
        Change(users, name, user => user.Verifier is null
            ? user with { NtHash = HashOf(password), Password = null }
            : user with { Verifier = PasswordVerifier.Create(password).Format() });

    public static UsersConfig SetTotp(UsersConfig users, string name, string secret) =>
        Change(users, name, user => user with { TotpSecret = secret });

    public static UsersConfig SetDisabled(UsersConfig users, string name, bool disabled) =>
        Change(users, name, user => user with { Disabled = disabled });

    public static UsersConfig Remove(UsersConfig users, string name)
    {
        Find(users, name);
        return With(users, [.. users.Users.Where(user => !Same(user, name))]);
    }

    /// <summary>In base32, as authenticator programs take it.</summary>
    public static string NewTotpSecret() => Base32.Encode(RandomNumberGenerator.GetBytes(TotpSecretLength));

    private static UsersConfig Change(UsersConfig users, string name, Func<UserConfig, UserConfig> change)
    {
        var changed = Find(users, name);
        return With(users, [.. users.Users.Select(user => ReferenceEquals(user, changed) ? change(user) : user)]);
    }

    private static UserConfig Find(UsersConfig users, string name) =>
        users.Users.FirstOrDefault(user => Same(user, name))
        ?? throw new RefusedException($"There is no user {name}; \"kubectl sstp user list\" shows those there are.");

    // The gateway's own rules decide; a mistake here would make it refuse the whole file.
    private static UsersConfig With(UsersConfig users, List<UserConfig> list)
    {
        var changed = users with { Users = list };
        var mistakes = new UsersConfigValidator().Check(changed);
        return mistakes.Count == 0 ? changed : throw new RefusedException(string.Join("\n", mistakes));
    }

    private static bool Same(UserConfig user, string name) => string.Equals(user.Name, name, StringComparison.OrdinalIgnoreCase);

    private static string HashOf(string password)
    {
        Span<byte> hash = stackalloc byte[MsChapV2.NtHashSize];
        MsChapV2.NtHash(password, hash);
        return Convert.ToHexString(hash);
    }
}
