using KubectlSstp.Doctor.Facts;
using SstpClient.Probe.Reports;
using static KubectlSstp.Doctor.FindingCode;

namespace KubectlSstp.Doctor;

/// <summary>What came of a log-in. Pure.</summary>
internal static class LogInDiagnosis
{
    public static IEnumerable<Finding> Of(AddressFacts address) =>
        address.Report.Login is { } login
            ? [Finding.Good("log-in", $"{address.Address}: by {login.Method}, address {string.Join(" and ", login.Addresses)}")]
            : [];

    /// <summary>A gateway tells a caller no more than that it was not right; its log and the users' Secret know more.</summary>
    public static Finding Refused(GatewayFacts facts, AddressFacts address, StepReport failed)
    {
        var (gateway, user) = (facts.Gateway.Metadata.Name, facts.User);
        var found = $"{address.Address}: {failed.Detail}";
        if (facts.Refusal is { } refusal) found += $"; the gateway's log says: {refusal.Reason}";

        return (facts.Refusal?.Class, facts.Account) switch
        {
            (FailureClass.HeldBack, _) => Problem(UserLocked,
                "The gateway holds this user back here after too many failures: wait until spec.authentication.lockout lets it "
                + "try again, and find out what uses the wrong password."),
            (FailureClass.Disabled, _) or (null, AccountState.Disabled) =>
                Problem(UserLocked, $"User {user} is disabled: kubectl sstp user enable {gateway} {user}"),
            (FailureClass.Expired, _) or (null, AccountState.Expired) =>
                Problem(UserLocked, $"User {user} has expired: give another date in the users' Secret."),
            (FailureClass.AddressesExhausted, _) => Problem(AddressesExhausted,
                $"Add a pool to spec.addressing.pools4; kubectl sstp sessions {gateway} shows who has the addresses."),
            (FailureClass.TooManyCalls, _) => Problem(
                LoginRefused,
                $"kubectl sstp sessions {gateway} --user {user} shows the calls, and kick ends them; "
                + "spec.limits.callsPerUser bounds them."),
            (FailureClass.UnsuitableMethod or FailureClass.NoCommonMethod, _) => Problem(LoginRefused,
                "This program logs in by EAP-MSCHAPv2 and MS-CHAPv2. A user with TOTP, or with a verifier only, "
                + "can use nothing but PAP: try with a client that does."),
            (FailureClass.UnknownUser, _) =>
                Problem(LoginRefused, $"There is no user {user}: kubectl sstp user list {gateway} shows those there are."),
            (null, null) when facts.IsUserListKnown =>
                Problem(LoginRefused, $"There is no user {user}: kubectl sstp user list {gateway} shows those there are."),
            (FailureClass.WrongPassword, _) =>
                Problem(LoginRefused, $"The password is wrong: kubectl sstp user passwd {gateway} {user} gives a new one."),
            _ => Problem(LoginRefused,
                "The password is wrong, the method is not offered, or the gateway holds the user back after too many failures: "
                + $"its log says which. kubectl sstp user passwd {gateway} {user} gives a new one."),
        };

        Finding Problem(FindingCode code, string whatToDo) => Finding.Problem("log-in", code, found, whatToDo);
    }
}
