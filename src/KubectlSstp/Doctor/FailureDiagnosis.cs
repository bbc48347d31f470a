using KubectlSstp.Doctor.Facts;
using static KubectlSstp.Doctor.FindingCode;

namespace KubectlSstp.Doctor;

/// <summary>Others' calls that came to nothing, a line a class: how many, the last of them, what to do. Pure.</summary>
internal static class FailureDiagnosis
{
    private const string Check = "log";

    public static IEnumerable<Finding> Of(GatewayFacts facts)
    {
        if (facts.Failures is not { } failures)
        {
            if (facts.LogProblem is { } problem) yield return new Finding(Check, Verdict.NotChecked, problem);
            yield break;
        }

        if (failures.Count == 0) yield return Finding.Good(Check, "The gateways' logs have no call that came to nothing.");
        foreach (var failure in failures)
        {
            var (words, whatToDo) = Explain(failure, facts.Gateway.Metadata.Name);
            var found = $"{failure.Count} {words}, the last {Words(failure.Last)}";
            // Health checks, scanners and this program come and go like this.
            yield return failure.Class is FailureClass.LeftBeforeLogIn or FailureClass.LeftBeforeSstp
                ? Finding.Good(Check, found) with { WhatToDo = whatToDo }
                : Finding.Warning(Check, LoginFailures, found, whatToDo);
        }
    }

    private static string Words(FailedCall last) =>
        string.Concat(
            last.User.Length == 0 || last.User == "nobody" ? "" : $"of {last.User} ",
            $"from {last.Source}",
            last.At.Length == 0 ? "" : $" at {last.At}");

    private static (string Words, string WhatToDo) Explain(FailureCount failure, string gateway) => failure.Class switch
    {
        FailureClass.WrongPassword => ("with a wrong password",
            "A few are people's mistakes; many of one user are an old password saved somewhere: "
            + $"kubectl sstp user passwd {gateway} {failure.Last.User}"),
        FailureClass.UnknownUser => ("of users that the gateway does not know",
            $"kubectl sstp user list {gateway} shows those there are. Names that nobody has: somebody guesses; "
            + "narrow spec.listening.allowedSources, and see deploy/fail2ban."),
        FailureClass.WrongCode => ("with a wrong or spent one-time code",
            "Is the time right on the phone and here (timedatectl)? A client that dials again by itself needs a new code each "
            + $"time. kubectl sstp user totp {gateway} {failure.Last.User} gives a new secret."),
        FailureClass.Disabled =>
            ("of disabled users", $"kubectl sstp user enable {gateway} {failure.Last.User} lets one in again."),
        FailureClass.Expired => ("of users that have expired", "Give them another date in the users' Secret, or remove them."),
        FailureClass.HeldBack => ("locked out after too many failures",
            "They have to wait as spec.authentication.lockout says, also with the right password. Find what uses the wrong one."),
        FailureClass.UnsuitableMethod => ("by a method that the user's entry cannot serve",
            "A user with TOTP, or with a verifier only, can use nothing but PAP: choose it at the client, "
            + "and in spec.authentication.methods."),
        FailureClass.NoCommonMethod => ("with no authentication method in common",
            "Compare what the client allows with spec.authentication.methods; "
            + "MS-CHAPv2 is what Windows uses unless told otherwise."),
        FailureClass.BindingFailed => ("whose crypto binding did not hold",
            "Something on the way opens TLS (a proxy, a virus scanner, a balancer): have it pass TCP 443 through untouched."),
        FailureClass.AddressesExhausted => ("refused for want of an address",
            $"Add a pool to spec.addressing.pools4; kubectl sstp sessions {gateway} shows who has the addresses."),
        FailureClass.TooManyCalls => ("of users that have as many calls as they may",
            $"spec.limits.callsPerUser bounds them; kubectl sstp sessions {gateway} --user {failure.Last.User} shows "
            + "them, and kick ends them."),
        FailureClass.GatewayRefuses =>
            ($"refused, because {failure.Last.Reason}", $"kubectl sstp status, and kubectl describe vpngw {gateway}"),
        FailureClass.NegotiationFailed => (
            $"stuck on the way to an address ({failure.Last.Reason})",
            "Another client may do; what this one wants is in the gateway's log."),
        FailureClass.CertificateRefused => ("hung up over the certificate",
            "Those clients do not trust it, or dial another name than it is for: "
            + $"kubectl sstp profile {gateway} has name and root for them."),
        FailureClass.LeftBeforeSstp => (
            "ended before SSTP began",
            "Scanners do so. If it is one of your clients, something on the way cuts TLS off, or its TLS is too old."),
        FailureClass.LeftBeforeLogIn => (
            "left before they said who they are",
            "Health checks do so, and this program. If it is one of your clients, its own log says why."),
        _ => ($"refused ({failure.Last.Reason})", "The gateway's log has the details."),
    };
}
