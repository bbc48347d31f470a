using Operator.Dns.Names;

namespace Operator.Dns.Ownership;

/// <summary>The text of a mark, and where it stands.</summary>
public static class OwnerMark
{
    private const string Prefix = "v=sstp1; owner=";
    private const string Label = "_sstp-owner";

    /// <summary>Beside the name: not at it, where a CNAME would forbid it. A wildcard's stands beside its parent.</summary>
    /// <returns>Null when the name is so long that there is no room.</returns>
    public static DomainName? PlaceFor(DomainName name) =>
        name.IsWildcard ? name.Parent?.Prepend($"{Label}-wildcard") : name.Prepend(Label);

    /// <summary>Whether marks stand there. Such a name is in its parent's zone: nobody delegates it.</summary>
    public static bool IsPlace(DomainName name) => name.Text.Split('.')[0] is Label or $"{Label}-wildcard";

    /// <param name="uid">Of the object, no two of which are alike in any cluster: so operators that write into one zone are told
    /// apart, and a successor of the same name is another owner until it takes over.</param>
    public static string ValueFor(string ns, string name, string uid) => $"{Prefix}{ns}/{name}; uid={uid}";

    /// <summary>The owner that a mark names; null when it is no mark of ours.</summary>
    public static string? ReadOwner(string value) =>
        value.StartsWith(Prefix, StringComparison.Ordinal) ? value[Prefix.Length..].Split(';')[0] : null;
}
