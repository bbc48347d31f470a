namespace Packaging.Sbom;

/// <summary>A package that a program is built with, by its lock file.</summary>
/// <param name="ContentHash">SHA-512 of the package, in Base64.</param>
public sealed record LockedPackage(string Name, string Version, string ContentHash);
