using System.Globalization;
using System.Text.RegularExpressions;

namespace KubectlSstp.Doctor.Facts;

/// <summary>Reads calls that came to nothing out of a gateway's log, by the ids of its events. Pure.</summary>
internal static partial class FailureLog
{
    private const int CallEnded = 2001;
    private const int LogInFailed = 2002;
    private const int CallOfUserRefused = 2004;
    private const int VisitorsLeft = 2010;
    private const int CallRefused = 2105;
    private const int LeftBeforeSstp = 2107;

    /// <summary>In the order of the log.</summary>
    public static IReadOnlyList<FailedCall> Read(string log) =>
        [.. log.Split('\n').Select(LogLine.Parse).OfType<LogLine>().Select(Judge).OfType<FailedCall>()];

    public static IReadOnlyList<FailureCount> Count(IEnumerable<FailedCall> calls) =>
    [
        .. calls.GroupBy(call => call.Class).OrderBy(group => group.Key)
            .Select(group => new FailureCount(
                group.Key, group.Sum(call => 1 + call.Others), group.MaxBy(call => call.At, StringComparer.Ordinal)!)),
    ];

    private static FailedCall? Judge(LogLine line)
    {
        var pattern = line.Event switch
        {
            LogInFailed => LogIn(),
            CallOfUserRefused => Refusal(),
            CallEnded => End(),
            CallRefused => Visitor(),
            VisitorsLeft => Leaving(),
            LeftBeforeSstp => Early(),
            _ => null,
        };
        if (pattern?.Match(line.Message) is not { Success: true } found) return null;

        var reason = found.Groups["reason"].Value;
        return ClassOf(line.Event, reason, found.Groups["cause"].Value) is { } kind
            ? new FailedCall(
                kind, found.Groups["user"].Value, found.Groups["source"].Value, line.At, reason,
                kind != FailureClass.CertificateRefused
                && int.TryParse(found.Groups["others"].ValueSpan, CultureInfo.InvariantCulture, out var others)
                    ? others
                    : 0)
            : null;
    }

    /// <returns>Null for an end that is none of these: a call's usual one, or one whose log-in has a line of its own.</returns>
    private static FailureClass? ClassOf(int id, string reason, string cause) => id switch
    {
        LogInFailed => OfLogIn(reason),
        CallOfUserRefused =>
            Has(reason, "pools4") ? FailureClass.AddressesExhausted
                : Has(reason, "callsPerUser") ? FailureClass.TooManyCalls
                : FailureClass.OtherRefusal,
        CallRefused => FailureClass.GatewayRefuses,
        VisitorsLeft => FailureClass.LeftBeforeLogIn,
        LeftBeforeSstp =>
            Has(reason, "alert") && (Has(reason, "certificate") || Has(reason, "unknown ca"))
                ? FailureClass.CertificateRefused
                : FailureClass.LeftBeforeSstp,
        _ => cause switch
        {
            "BindingFailed" => FailureClass.BindingFailed,
            "NegotiationFailed" when Has(reason, "no authentication method in common") => FailureClass.NoCommonMethod,
            "AuthenticationFailed" when Has(reason, "after it had agreed to it") || Has(reason, "refuses to authenticate") =>
                FailureClass.NoCommonMethod,
            "NegotiationFailed" or "NegotiationTimeout" => FailureClass.NegotiationFailed,
            _ => null,
        },
    };

    private static FailureClass OfLogIn(string reason) => reason switch
    {
        _ when Has(reason, "held back") => FailureClass.HeldBack,
        _ when Has(reason, "is disabled") => FailureClass.Disabled,
        _ when Has(reason, "has expired") => FailureClass.Expired,
        _ when Has(reason, "has a TOTP secret") || Has(reason, "needs") => FailureClass.UnsuitableMethod,
        _ when Has(reason, "TOTP code") => FailureClass.WrongCode,
        _ when Has(reason, "not in the users file") => FailureClass.UnknownUser,
        _ when Has(reason, "is wrong") => FailureClass.WrongPassword,
        _ => FailureClass.OtherRefusal,
    };

    private static bool Has(string reason, string words) => reason.Contains(words, StringComparison.Ordinal);

    [GeneratedRegex("""^Log-in failed for "(?<user>[^"]*)" from (?<source>\S+): (?<reason>.+)$""")]
    private static partial Regex LogIn();

    [GeneratedRegex(@"^Call \d+ of (?<user>.+?) from (?<source>\S+) refused: (?<reason>.+)$")]
    private static partial Regex Refusal();

    [GeneratedRegex(
        @"^Call \d+ of (?<user>.+?) from (?<source>\S+) ended after .+? bytes to the client: (?<cause>\w+): (?<reason>.+)$")]
    private static partial Regex End();

    [GeneratedRegex(@"^Call from (?<source>\S+) refused: (?<reason>.+); (?<others>\d+) others since")]
    private static partial Regex Visitor();

    [GeneratedRegex(
        @"^A call from (?<source>\S+) left before it said who it is \((?<reason>\w+)\).*; (?<others>\d+) others since")]
    private static partial Regex Leaving();

    [GeneratedRegex(@"^A connection from (?<source>\S+) ended before SSTP began: (?<reason>.+); (?<others>\d+) others since")]
    private static partial Regex Early();
}
