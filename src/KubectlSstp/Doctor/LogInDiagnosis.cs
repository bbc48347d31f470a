using KubectlSstp.Doctor.Facts;
using SstpClient.Probe.Reports;
using static KubectlSstp.Doctor.FindingCode;

namespace KubectlSstp.Doctor;

/// <summary>What came of a log-in, and what the gateways' logs say of others'. Pure.</summary>
internal static class LogInDiagnosis
{
    public static IEnumerable<Finding> Of(AddressFacts address) =>
        address.Report.Login is { } login ? [Finding.Good("log-in", $"{address.Address}: by {login.Method}, address {string.Join(" and ", login.Addresses)}")] : [];

    /// <summary>A gateway tells a caller no more than that it was not right; whether the account is locked, the users' Secret and the log know.</summary>
    public static Finding Refused(GatewayFacts facts, AddressFacts address, StepReport failed)
    {
        var found = $"{address.Address}: {failed.Detail}";
        if (facts.Account is { } account && account != AccountState.Usual)
        {
            return Finding.Problem("log-in", UserLocked, $"{found}; user {facts.User} {(account == AccountState.Disabled ? "is disabled" : "has expired")}.",
                $"kubectl sstp user enable {facts.Gateway.Metadata.Name} {facts.User} lets a disabled user in again; an expired one needs another date in the users' Secret.");
        }
        if (facts.Account is null && facts.IsUserListKnown)
            return Finding.Problem("log-in", LoginRefused, $"{found}; there is no user {facts.User}.", $"kubectl sstp user list {facts.Gateway.Metadata.Name} shows those there are.");
        if ((facts.Failures ?? []).Any(failure => failure.Class == FailureClass.HeldBack && failure.LastUser == facts.User))
        {
            return Finding.Problem("log-in", UserLocked, $"{found}; the gateway holds this source back after too many failures.",
                "Wait until spec.authentication.lockout lets it try again, and find out who uses the wrong password.");
        }
        return Finding.Problem("log-in", LoginRefused, found,
            $"The password is wrong, or the method is not offered. kubectl sstp user passwd {facts.Gateway.Metadata.Name} {facts.User} gives a new one.");
    }

    public static IEnumerable<Finding> OfLogs(GatewayFacts facts)
    {
        if (facts.Failures is not { } failures) yield break;
        if (failures.Count == 0)
        {
            yield return Finding.Good("log-ins", "The gateways' logs have no failed log-ins.");
            yield break;
        }
        yield return Finding.Warning("log-ins", LoginFailures,
            $"Failed log-ins in the gateways' logs: {string.Join(", ", failures.Select(failure => $"{failure.Count} {Words(failure.Class)}, the last of {failure.LastUser} at {failure.LastAt}"))}.",
            "A few are people's mistakes. Many of one user: an old password saved somewhere. Many of all: somebody guesses; narrow spec.listening.allowedSources.");
    }

    private static string Words(FailureClass failure) => failure switch
    {
        FailureClass.WrongCredentials => "with a wrong name or password",
        FailureClass.Disabled => "of disabled users",
        FailureClass.Expired => "of expired users",
        FailureClass.HeldBack => "held back after too many failures",
        FailureClass.UnsuitableMethod => "by a method that the user's entry cannot serve",
        _ => "refused for another reason",
    };
}
