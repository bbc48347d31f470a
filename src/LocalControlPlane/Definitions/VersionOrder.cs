using System.Globalization;
using System.Text.RegularExpressions;

namespace LocalControlPlane.Definitions;

/// <summary>The API's order of versions: stable before beta before alpha, newer before older, anything else last.</summary>
internal static partial class VersionOrder
{
    public static IComparer<string?> PreferredFirst { get; } = Comparer<string?>.Create(
        (left, right) => (Rank(right), left).CompareTo((Rank(left), right)));

    private static (int Stability, long Major, long Minor) Rank(string? version)
    {
        var match = Pattern().Match(version ?? "");
        if (!match.Success) return (0, 0, 0);
        var stability = match.Groups[2].Value switch { "" => 3, "beta" => 2, _ => 1 };
        return (stability, Number(match.Groups[1]), match.Groups[3].Success ? Number(match.Groups[3]) : 0);
    }

    private static long Number(Group group) => long.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^v([1-9][0-9]{0,8})(?:(alpha|beta)([1-9][0-9]{0,8}))?$")]
    private static partial Regex Pattern();
}
