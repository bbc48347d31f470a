namespace SstpGateway.Forwarding;

/// <summary>The host already uses addresses of the pools, so packets to clients would go astray.</summary>
public sealed class AddressConflictException(IReadOnlyList<string> conflicts)
    : IOException(
        $"The address pools collide with the host's network: {string.Join("; ", conflicts)}. "
        + "Choose other pools under addressing.")
{
    /// <summary>One sentence a conflict.</summary>
    public IReadOnlyList<string> Conflicts { get; } = conflicts;
}
