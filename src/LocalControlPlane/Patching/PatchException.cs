namespace LocalControlPlane.Patching;

/// <summary>A patch that cannot be applied. The message is for the client.</summary>
public sealed class PatchException(string message) : Exception(message);
