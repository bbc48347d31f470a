namespace Operator.Dns.Failover;

/// <summary>What all points of view together say. Closed.</summary>
public abstract record JointLook
{
    private JointLook()
    {
    }

    public sealed record Seen(ProbeResult Result) : JointLook;

    /// <summary>Too few could look: nothing changes.</summary>
    public sealed record Undecided(string Why) : JointLook;
}
