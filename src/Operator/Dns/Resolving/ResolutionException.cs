namespace Operator.Dns.Resolving;

/// <summary>Nothing could be found out; the message says what was asked, of whom, and what came back.</summary>
public sealed class ResolutionException(string message) : Exception(message);
