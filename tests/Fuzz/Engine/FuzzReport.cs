namespace Fuzz.Engine;

/// <summary>What became of a target's inputs.</summary>
public sealed record FuzzReport(int Accepted, int Refused);
