namespace Operator.Dns.Sources;

/// <summary>What a source said. Closed.</summary>
public abstract record SourceReading
{
    private SourceReading()
    {
    }

    /// <param name="Addresses">Not empty.</param>
    /// <param name="Missing">A family that could not be found out though it was wanted, and why;
    /// null when nothing is missing.</param>
    public sealed record Found(AddressSet Addresses, string? Missing = null) : SourceReading;

    /// <summary>It answered, but not so that it could be believed: services disagree, the address is not public.</summary>
    /// <param name="Reason">One word, for the condition.</param>
    public sealed record Unsure(string Reason, string Message) : SourceReading;

    /// <summary>It did not answer.</summary>
    public sealed record Failed(string Message) : SourceReading;
}
