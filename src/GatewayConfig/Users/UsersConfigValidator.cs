using System.Text.Json;
using FluentValidation;
using GatewayConfig.Formats;

namespace GatewayConfig.Users;

/// <summary>Every rule of a users file.</summary>
public sealed class UsersConfigValidator : AbstractValidator<UsersConfig>
{
    /// <summary>A bound for memory; a site with more has a directory and RADIUS.</summary>
    public const int MaxUsers = 100_000;

    public UsersConfigValidator()
    {
        RuleFor(f => f.Users).Holds(0, MaxUsers);
        RuleForEach(f => f.Users).SetValidator(new UserConfigValidator());
        RuleFor(f => f.Users).Custom((users, context) =>
        {
            OnlyOnce(users, "name", user => user.Name, StringComparer.OrdinalIgnoreCase, context);
            OnlyOnce(users, "address4", user => user.Address4, StringComparer.Ordinal, context);
            OnlyOnce(
                users, "address6",
                user => AddressRange.TryParse(user.Address6 ?? "", out var network) ? network.ToString() : null,
                StringComparer.Ordinal, context);
        });
    }

    /// <returns>All mistakes, each with the path of its field as the file spells it; none holds a secret.</returns>
    public IReadOnlyList<ConfigurationError> Check(UsersConfig users)
    {
        ArgumentNullException.ThrowIfNull(users);
        return [.. Validate(users).Errors
            .Select(failure => new ConfigurationError(AsWritten(failure.PropertyName), failure.ErrorMessage))];
    }

    private static void OnlyOnce(
        IReadOnlyList<UserConfig> users,
        string field,
        Func<UserConfig, string?> value,
        StringComparer comparer,
        ValidationContext<UsersConfig> context)
    {
        var first = new Dictionary<string, int>(comparer);
        for (var i = 0; i < users.Count; i++)
        {
            if (value(users[i]) is not { Length: > 0 } text || first.TryAdd(text, i)) continue;
            context.AddFailure(
                $"Users[{i}].{field}", $"is that of users[{first[text]}] already; give each user one of their own");
        }
    }

    private static string AsWritten(string propertyPath) =>
        string.Join(
            '.', propertyPath.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(JsonNamingPolicy.CamelCase.ConvertName));
}
