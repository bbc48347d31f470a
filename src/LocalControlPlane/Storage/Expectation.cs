namespace LocalControlPlane.Storage;

/// <summary>What must be stored for a write to go through.</summary>
public readonly record struct Expectation
{
    private Expectation(long revision) => Revision = revision;

    /// <summary>0 for "nothing there".</summary>
    public long Revision { get; }

    /// <summary>Nothing is stored under the key.</summary>
    public static Expectation Absent => new(0);

    /// <summary>Exactly this state is stored.</summary>
    public static Expectation Still(StoredObject seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        return new Expectation(seen.Revision);
    }

    public bool IsMetBy(StoredObject? stored) => (stored?.Revision ?? 0) == Revision;
}
