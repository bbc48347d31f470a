namespace CloudEdge.CloudInit;

/// <summary>A file that a machine finds at its first boot.</summary>
/// <param name="Mode">Octal, as <c>chmod</c> takes it.</param>
public sealed record CloudFile(string Path, string Mode, string Content);
