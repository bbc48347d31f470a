namespace LocalControlPlane.Storage;

/// <summary>What became of a write.</summary>
public abstract record WriteOutcome
{
    /// <summary>Durable. For a deletion, the last state under the deletion's revision.</summary>
    public sealed record Committed(StoredObject Stored) : WriteOutcome;

    /// <summary>Somebody else wrote first; nothing happened.</summary>
    /// <param name="Stored">What is stored now; null when nothing is.</param>
    public sealed record Refused(StoredObject? Stored) : WriteOutcome;
}
