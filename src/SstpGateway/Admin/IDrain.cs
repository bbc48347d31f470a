namespace SstpGateway.Admin;

/// <summary>The orderly end of a gateway, as on SIGTERM. Called from any thread.</summary>
public interface IDrain
{
    bool IsDraining { get; }

    /// <summary>No new calls from now on; the others are told to go after the drain time, and the program ends.
    /// Calling it again changes nothing.</summary>
    void Begin();
}
