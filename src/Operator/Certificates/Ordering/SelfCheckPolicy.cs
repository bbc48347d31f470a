using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.Ordering;

/// <summary>How sure to be that the world sees a proof before the CA is asked. Pure.</summary>
/// <remarks>A failed validation counts at the CA: five an hour and name at Let's Encrypt. A self-check costs nothing.</remarks>
internal sealed record SelfCheckPolicy
{
    /// <summary>Checks in a row that have to see it; more than one, because name servers sit behind load balancers.</summary>
    public int Passes { get; init; } = 2;

    /// <summary>Between two checks in a row.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After a check that missed something.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After the last pass, for servers that share an address (anycast) and that nobody can ask one by one.</summary>
    public TimeSpan Settle { get; init; }

    /// <summary>After this the order is given up.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(15);

    public static SelfCheckPolicy For(ChallengeSolver solver)
    {
        if (solver.Kind != ChallengeKind.Dns01) return new SelfCheckPolicy { Passes = 1 };

        var check = solver.Dns01!.Check;
        return check.Mode switch
        {
            PropagationCheckMode.Off => new SelfCheckPolicy { Passes = 1 },
            PropagationCheckMode.Wait => new SelfCheckPolicy { Passes = 1, Settle = check.Settle },
            _ => new SelfCheckPolicy { Settle = check.Settle, Deadline = check.Deadline },
        };
    }

    /// <param name="missing">What a check did not see; null when it saw the proof everywhere.</param>
    /// <returns>The challenge after the check, and how long to wait before the next look at it.</returns>
    public (ChallengeProgress Challenge, TimeSpan Wait) Judge(ChallengeProgress challenge, string? missing, DateTimeOffset now)
    {
        if (missing is not null) return (challenge with { ChecksPassed = 0, Missing = missing }, RetryInterval);

        var passed = challenge.ChecksPassed + 1;
        return passed < Passes
            ? (challenge with { ChecksPassed = passed, Missing = null }, Interval)
            : (challenge.At(ChallengeStage.Visible, now) with { ChecksPassed = passed }, Settle);
    }
}
