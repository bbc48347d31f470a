namespace LocalControlPlane.Authentication;

/// <summary>Who asks.</summary>
public sealed record Identity(string Name, IReadOnlyList<string> Groups)
{
    /// <summary>The group that may do everything. There is no other here: whoever holds its credentials owns the host's gateways.</summary>
    public const string Masters = "system:masters";

    public static Identity Administrator { get; } = new("sstp-admin", [Masters, "system:authenticated"]);

    public bool IsAdministrator => Groups.Contains(Masters);
}
