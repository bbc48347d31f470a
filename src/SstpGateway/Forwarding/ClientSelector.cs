using GatewayConfig.Network;

namespace SstpGateway.Forwarding;

/// <summary>The clients an access rule is for. Rules for the same people share one selector,
/// and so one pair of sets in the kernel.</summary>
internal sealed class ClientSelector : IEquatable<ClientSelector>
{
    private readonly HashSet<string> _groups;
    private readonly HashSet<string> _users;

    public ClientSelector(AccessRuleConfig rule)
    {
        _groups = new HashSet<string>(rule.Groups, StringComparer.Ordinal);
        _users = new HashSet<string>(rule.Users, StringComparer.Ordinal);
    }

    /// <summary>Neither groups nor users are named: the rule is for all.</summary>
    public bool IsEveryone => _groups.Count == 0 && _users.Count == 0;

    public bool Matches(string user, IReadOnlyList<string> groups) => _users.Contains(user) || groups.Any(_groups.Contains);

    public bool Equals(ClientSelector? other) =>
        other is not null && _groups.SetEquals(other._groups) && _users.SetEquals(other._users);

    public override bool Equals(object? obj) => Equals(obj as ClientSelector);

    public override int GetHashCode() =>
        _groups.Concat(_users).Aggregate(0, (hash, name) => hash ^ StringComparer.Ordinal.GetHashCode(name));
}
