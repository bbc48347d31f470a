namespace SstpGateway.Admin;

/// <param name="Ready">Whether new calls should be sent here.</param>
/// <param name="Obstacles">Why not; empty when ready.</param>
internal sealed record ReadinessReport(bool Ready, IReadOnlyList<string> Obstacles);
