namespace GatewayConfig.Users;

/// <summary>The users file: the contract between whoever writes it and the gateway, which re-reads it when it changes.</summary>
public sealed record UsersConfig
{
    /// <summary>At most <see cref="UsersConfigValidator.MaxUsers"/>; names differ in more than letter case.</summary>
    public IReadOnlyList<UserConfig> Users { get; init; } = [];

    public override string ToString() => $"{Users.Count} users";
}
