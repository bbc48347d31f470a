using Operator.Dns;
using Operator.Dns.Providers;
using Operator.Dns.Publishing;

namespace Operator.Tests.Dns.Publishing;

/// <summary>A line whose address follows a plan, a service that may be down, and a record that polls as the operator does.
/// Time is simulated.</summary>
internal sealed class SimulatedLine(
    Func<TimeSpan, string?> address, PublishRules rules, Func<TimeSpan, ProviderOutcome>? service = null)
{
    public static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ConfirmAfter = TimeSpan.FromSeconds(15);

    public List<(TimeSpan At, AddressSet Addresses)> Publishes { get; } = [];

    public int Calls { get; private set; }

    public PublishState State { get; private set; } = new();

    /// <summary>Runs until <paramref name="end"/>; the source is polled each minute, and again soon
    /// while something waits to be confirmed.</summary>
    public SimulatedLine Run(TimeSpan end)
    {
        var nextPoll = TimeSpan.Zero;
        for (var at = TimeSpan.Zero; at <= end; at += TimeSpan.FromSeconds(1))
        {
            var now = Start + at;
            if (at >= nextPoll)
            {
                if (address(at) is { } seen) State = State.See(AddressSet.Parse([seen]), now, rules);
                nextPoll = at + (State.Pending is null ? Interval : ConfirmAfter);
            }

            if (State.Decide(now, rules) is not PublishVerdict.Publish) continue;

            Calls++;
            var outcome = service?.Invoke(at) ?? new ProviderOutcome.Applied("good");
            State = State.Answered(outcome, State.Believed, "subject", now, rules, jitter: at.Ticks % 10 / 10.0);
            if (outcome is ProviderOutcome.Applied) Publishes.Add((at, State.Published));
        }

        return this;
    }
}
