namespace LocalControlPlane.Manifests;

/// <summary>A folder of manifests cannot be read whole. The message names each file and its mistake.</summary>
public sealed class ManifestException(string message) : Exception(message);
