using Operator.Resources;

namespace Operator.Dns.Reachability;

/// <summary>What a round of looks from outside comes to. Pure.</summary>
/// <param name="Status">Unknown: nobody could look.</param>
/// <param name="Message">What it is and what to do.</param>
public sealed record OutsideVerdict(ConditionStatus Status, string Reason, string Message)
{
    /// <summary>An address counts as reached when one point reaches it: others may be cut off themselves.</summary>
    /// <param name="name">The published name.</param>
    /// <param name="age">Since the last publish.</param>
    /// <param name="timeToLive">Resolvers may keep the answer before for so long.</param>
    public static OutsideVerdict Of(OutsideRound round, string name, TimeSpan age, TimeSpan timeToLive)
    {
        var byAddress = round.Looks.GroupBy(look => look.Address).ToArray();
        var missed = byAddress
            .Where(looks => looks.Any(look => look.IsReached == false) && looks.All(look => look.IsReached != true))
            .ToArray();
        if (missed.Length > 0)
        {
            var words = missed.Select(looks =>
                $"{looks.Key} (from "
                + $"{string.Join("; from ", looks.Where(look => look.IsReached == false).Select(look => $"{look.Point}: {look.Problem}"))})");
            return new OutsideVerdict(
                ConditionStatus.False,
                missed.Length == byAddress.Length ? "NotReachable" : "PartlyReachable",
                $"TCP port {round.Port} is not reached at {string.Join(", ", words)}. Does the router forward the port, "
                + "does a firewall let it in, is the gateway up?");
        }

        if (byAddress.Any(looks => looks.All(look => look.IsReached is null)) || byAddress.Length == 0)
            return new OutsideVerdict(
                ConditionStatus.Unknown,
                "NobodyLooks",
                "No point outside could be asked: "
                + $"{string.Join("; ", round.Looks.Where(look => look.IsReached is null).Select(look => $"{look.Point}: {look.Problem}").Distinct())}.");

        var astray = round.Names.Where(seen => !seen.LedTo.IsEmpty && !seen.LedTo.All.Any(round.Of.All.Contains)).ToArray();
        if (astray.Length > 0 && age > timeToLive + timeToLive)
            return new OutsideVerdict(
                ConditionStatus.False,
                "NameLeadsElsewhere",
                "The addresses are reached, "
                + $"but {name} leads {string.Join(", ", astray.Select(seen => $"{seen.Point} to {seen.LedTo}"))}. "
                + "Is there another zone of that name there, or a resolver that keeps old answers?");

        var stranger = round.Looks.FirstOrDefault(look => look.Stranger is not null);
        var points = string.Join(", ", round.Looks.Where(look => look.IsReached == true).Select(look => look.Point).Distinct());
        return stranger is null
            ? new OutsideVerdict(ConditionStatus.True, "Reached", $"Reached on TCP port {round.Port} from {points}.")
            : new OutsideVerdict(
                ConditionStatus.True,
                "AnotherAnswers",
                $"Something answers on TCP port {round.Port}, seen from {points}, but {stranger.Address} shows a certificate for "
                + $"{stranger.Stranger}, not for {name}. Is that the router's own page?");
    }
}
