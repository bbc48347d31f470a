using System.Diagnostics.CodeAnalysis;
using GatewayConfig.Users;

namespace GatewayConfig.Yaml;

/// <summary>From the text of a users file to a <see cref="UsersConfig"/>, or to the list of everything wrong with it.</summary>
public static class UsersReader
{
    /// <summary>Characters of a file at most: some 300 for each of the most users there may be.</summary>
    public const int MaxLength = 32 << 20;

    // A key may be a password by a slip ("password:secret" without a space is one), so unknown ones are not repeated.
    private static readonly YamlFile<UsersConfig> File =
        new(MaxLength, holdsSecrets: true, Users, new UsersConfigValidator().Check);

    /// <inheritdoc cref="GatewayConfigurationReader.TryRead"/>
    /// <param name="text">One YAML document with the key <c>users</c>; an empty one has no users.</param>
    /// <param name="users">Null when there is any mistake.</param>
    public static bool TryRead(
        string text, [NotNullWhen(true)] out UsersConfig? users, out IReadOnlyList<ConfigurationError> errors)
    {
        ArgumentNullException.ThrowIfNull(text);
        return File.TryRead(text, out users, out errors);
    }

    private static UsersConfig Users(YamlSection section)
    {
        var defaults = new UsersConfig();
        return new UsersConfig { Users = section.Sections("users", defaults.Users, User) };
    }

    private static UserConfig User(YamlSection section)
    {
        var defaults = new UserConfig();
        return new UserConfig
        {
            Name = section.Text("name", defaults.Name),
            NtHash = section.OptionalText("ntHash", defaults.NtHash),
            Password = section.OptionalText("password", defaults.Password),
            Verifier = section.OptionalText("verifier", defaults.Verifier),
            TotpSecret = section.OptionalText("totpSecret", defaults.TotpSecret),
            Groups = section.Texts("groups", defaults.Groups),
            Address4 = section.OptionalText("address4", defaults.Address4),
            Address6 = section.OptionalText("address6", defaults.Address6),
            Disabled = section.Flag("disabled", defaults.Disabled),
            Expires = section.OptionalText("expires", defaults.Expires),
        };
    }
}
