using Operator.Dns.Failover;
using Operator.Dns.Publishing;
using Operator.Dns.Reachability;
using Operator.Dns.Sources;
using Operator.Dns.Verifying;

namespace Operator.Dns.Records;

/// <summary>All that a pass found out, for the conditions.</summary>
public sealed record RecordFindings
{
    public required PublishState State { get; init; }

    /// <summary>Null while nothing was decided, because something before stood in the way.</summary>
    public PublishVerdict? Verdict { get; init; }

    /// <summary>Something in the specification or beside it stands in the way:
    /// a missing Secret, another object with this name.</summary>
    public (string Reason, string Message)? Obstacle { get; init; }

    /// <summary>The name is somebody's.</summary>
    public (string Reason, string Message)? Refusal { get; init; }

    /// <summary>Null for a fail-over.</summary>
    public SourceReading? Reading { get; init; }

    /// <summary>Null without a fail-over.</summary>
    public FailoverChoice? Choice { get; init; }

    /// <summary>Why nothing is known of a target; null while enough points of view can look.</summary>
    public string? Undecided { get; init; }

    /// <summary>What others see; null when nobody is to look.</summary>
    public OutsideVerdict? Outside { get; init; }

    /// <summary>The round that says so; null when none was finished since the addresses changed.</summary>
    public OutsideRound? OutsideRound { get; init; }

    public VerificationVerdict? Verification { get; init; }

    /// <summary>The records are seen by nobody but the service: proxied, or the user switched it off.</summary>
    public bool IsVerified { get; init; } = true;

    /// <summary>The change goes with those of others, and the record waits for them until then;
    /// nothing is said about it before.</summary>
    public DateTimeOffset? Gathers { get; init; }

    public bool IsContended { get; init; }

    public bool IsPaused { get; init; }
}
