namespace LocalControlPlane.Workloads;

/// <summary>What runs in place of an image.</summary>
/// <param name="Path">The program, absolute or on the PATH.</param>
/// <param name="Arguments">Before the container's own, such as the assembly that <c>dotnet</c> is to run.</param>
public sealed record ProgramCommand(string Path, IReadOnlyList<string> Arguments);
