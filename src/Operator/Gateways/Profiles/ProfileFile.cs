namespace Operator.Gateways.Profiles;

/// <summary>One file of a profile.</summary>
/// <param name="Name">Such as "windows.ps1"; also a key of the ConfigMap.</param>
/// <param name="HoldsPassword">Only its owner may read it.</param>
public sealed record ProfileFile(string Name, string Content, bool HoldsPassword = false);
