namespace SstpGateway.Admin;

/// <summary>Whether new calls should be sent here. Called from any thread.</summary>
public interface IReadiness
{
    /// <returns>Why not, in sentences an operator understands; empty when calls are welcome.</returns>
    IReadOnlyList<string> Obstacles();
}
