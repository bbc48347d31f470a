namespace GatewayConfig.Channel;

/// <summary>What operator and gateway of different ages need to know of each other.</summary>
/// <remarks>
/// Both ends ignore fields they do not know and give missing ones their defaults, so a version is only raised when a field
/// changes its meaning. Each end speaks with the version before its own. What a gateway can do beyond the first version is in its
/// capabilities.
/// </remarks>
public static class ChannelProtocol
{
    /// <summary>The version of this build.</summary>
    public const int Version = 1;

    /// <summary>The oldest one that this build still understands.</summary>
    public const int OldestVersion = 1;

    /// <summary>Whether a peer of that version can be talked to. Newer ones can:
    /// it is they who know how to be understood.</summary>
    public static bool Understands(int version) => version >= OldestVersion;
}
