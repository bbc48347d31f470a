using System.Text.RegularExpressions;

namespace KubectlSstp.Doctor.Facts;

/// <summary>Reads failed log-ins out of a gateway's log (event 2002). Pure.</summary>
internal static partial class FailureLog
{
    public static IReadOnlyList<FailureCount> Count(IEnumerable<string> logs) =>
    [
        .. logs.SelectMany(log => log.Split('\n')).Select(line => Line().Match(line)).Where(match => match.Success)
            .GroupBy(match => ClassOf(match.Groups["reason"].Value))
            .OrderBy(group => group.Key)
            .Select(group => new FailureCount(group.Key, group.Count(), group.Last().Groups["user"].Value, group.Last().Groups["at"].Value)),
    ];

    private static FailureClass ClassOf(string reason) => reason switch
    {
        _ when reason.Contains("held back", StringComparison.Ordinal) => FailureClass.HeldBack,
        _ when reason.Contains("is disabled", StringComparison.Ordinal) => FailureClass.Disabled,
        _ when reason.Contains("has expired", StringComparison.Ordinal) => FailureClass.Expired,
        _ when reason.Contains("has a TOTP secret", StringComparison.Ordinal) || reason.Contains("needs", StringComparison.Ordinal) => FailureClass.UnsuitableMethod,
        _ when reason.Contains("is wrong", StringComparison.Ordinal) || reason.Contains("not in the users file", StringComparison.Ordinal)
            || reason.Contains("TOTP code", StringComparison.Ordinal) => FailureClass.WrongCredentials,
        _ => FailureClass.Other,
    };

    [GeneratedRegex("""^(?<at>\S+) .*Log-in failed for "(?<user>[^"]*)" from \S+: (?<reason>.+)$""")]
    private static partial Regex Line();
}
