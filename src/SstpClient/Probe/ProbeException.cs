namespace SstpClient.Probe;

/// <summary>A step of a probe found something wrong. The message is for the report:
/// what it is, and what to do about it.</summary>
public sealed class ProbeException(string message) : Exception(message);
