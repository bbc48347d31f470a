using System.Net;
using GatewayConfig.Users;

namespace SstpGateway.Authentication;

/// <summary>All entries of one users file, found by what a peer calls itself.</summary>
public sealed class UserDirectory
{
    public static readonly UserDirectory Empty = new(new UsersConfig());

    private readonly Dictionary<string, LocalUser> users;

    /// <param name="config">Validated.</param>
    public UserDirectory(UsersConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        users = config.Users.ToDictionary(user => user.Name, user => new LocalUser(user), StringComparer.OrdinalIgnoreCase);
        VerifierIterations = users.Values.Max(user => user.Verifier?.Iterations) ?? 0;
    }

    public int Count => users.Count;

    /// <summary>Addresses that belong to one user each; of a /64 its first one.</summary>
    public IReadOnlyCollection<IPAddress> StaticAddresses =>
    [
        .. users.Values.Select(user => user.Identity.StaticIpv4).OfType<IPAddress>(),
        .. users.Values.Select(user => user.Identity.StaticIpv6?.BaseAddress).OfType<IPAddress>(),
    ];

    /// <summary>The dearest verifier's work, which every PAP log-in costs, so that time
    /// does not tell who has one or who exists.</summary>
    internal int VerifierIterations { get; }

    /// <summary>Without regard to letter case.</summary>
    internal IReadOnlySet<string> Names => users.Keys.ToHashSet(users.Comparer);

    /// <param name="typed">With or without "DOMAIN\" or "@realm". An entry whose name
    /// has the realm goes before one without.</param>
    internal LocalUser? Find(string typed)
    {
        var name = UserNames.WithoutDomain(typed);
        return users.GetValueOrDefault(name) ?? users.GetValueOrDefault(UserNames.WithoutRealm(name));
    }
}
