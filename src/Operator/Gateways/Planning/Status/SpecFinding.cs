using Operator.Gateways.Planning.Configuration;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning.Status;

/// <summary>Whether the spec can be put into effect. The first check to object gives the reason;
/// each names all that it objects to.</summary>
internal static class SpecFinding
{
    public static Finding Of(GatewayFacts facts, UsersContent users)
    {
        var mistakes = GatewaySpecCheck.Check(facts.Gateway.Spec);
        if (mistakes.Count > 0)
            return No("InvalidSpec", $"{string.Join("; ", mistakes.Select(mistake => $"spec.{mistake}"))}. {KeptRunning(facts)}");
        if (users.Reason is { } reason) return No(reason, $"{Sentence(users.Problem)} {KeptRunning(facts)}");
        if (HostClash.Find(facts) is { } clash) return No("HostClash", $"{clash}. {KeptRunning(facts)}");
        return Finding.True(VpnGatewayConditions.SpecAccepted, "Accepted", "the spec is in effect");
    }

    private static string KeptRunning(GatewayFacts facts) =>
        facts.Workload is null ? "No gateway is started until then" : "The last good configuration keeps running";

    // Hints of the users file's reader end in questions.
    private static string Sentence(string? text) => text is [.., '.' or '?'] ? text : $"{text}.";

    private static Finding No(string reason, string message) =>
        Finding.False(VpnGatewayConditions.SpecAccepted, reason, message, needsPerson: true);
}
