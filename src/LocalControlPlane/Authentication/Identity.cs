namespace LocalControlPlane.Authentication;

/// <summary>Who asks.</summary>
public sealed record Identity(string Name, IReadOnlyList<string> Groups)
{
    /// <summary>The group that may do everything, whatever roles say: whoever holds
    /// its credentials owns the host's gateways.</summary>
    public const string Masters = "system:masters";

    /// <summary>The group of everybody who is logged in.</summary>
    public const string Authenticated = "system:authenticated";

    private const string ServiceAccountPrefix = "system:serviceaccount:";

    public static Identity Administrator { get; } = new("sstp-admin", [Masters, Authenticated]);

    public bool IsAdministrator => Groups.Contains(Masters);

    /// <summary>What a service account logs in as.</summary>
    public static Identity OfServiceAccount(string space, string name) =>
        new(
            $"{ServiceAccountPrefix}{space}:{name}",
            ["system:serviceaccounts", $"system:serviceaccounts:{space}", Authenticated]);

    /// <summary>What somebody is to be taken for by name; of service accounts the groups are known.</summary>
    public static Identity Named(string name, IEnumerable<string> groups)
    {
        var own = name.StartsWith(ServiceAccountPrefix, StringComparison.Ordinal)
            && name[ServiceAccountPrefix.Length..].Split(':') is [var space, var account]
            ? OfServiceAccount(space, account).Groups
            : [Authenticated];
        return new Identity(name, [.. groups.Concat(own).Distinct(StringComparer.Ordinal)]);
    }
}
