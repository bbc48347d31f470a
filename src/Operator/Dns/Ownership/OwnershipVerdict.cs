namespace Operator.Dns.Ownership;

/// <summary>Whose a name is. Closed.</summary>
public abstract record OwnershipVerdict
{
    private OwnershipVerdict()
    {
    }

    public sealed record Ours : OwnershipVerdict;

    public sealed record Free : OwnershipVerdict;

    /// <summary>It is somebody's, and the user said to take it.</summary>
    public sealed record TakeOver : OwnershipVerdict;

    /// <param name="Reason">One word, for the condition.</param>
    public sealed record Refused(string Reason, string Message) : OwnershipVerdict;
}
