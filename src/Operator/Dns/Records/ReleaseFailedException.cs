namespace Operator.Dns.Records;

/// <summary>A name could not be given back at deletion; tried again, and given up in the end with an event.</summary>
public sealed class ReleaseFailedException(string message) : IOException(message);
