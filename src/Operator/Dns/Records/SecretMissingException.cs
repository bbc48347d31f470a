namespace Operator.Dns.Records;

/// <summary>A Secret that a specification names is not there, or holds nothing usable.
/// The message says which and what to do.</summary>
public sealed class SecretMissingException(string message) : Exception(message);
