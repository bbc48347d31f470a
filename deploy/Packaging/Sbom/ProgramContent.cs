namespace Packaging.Sbom;

/// <summary>A program of this repository and what it is built with.</summary>
public sealed record ProgramContent(string Name, IReadOnlyList<LockedPackage> Packages);
