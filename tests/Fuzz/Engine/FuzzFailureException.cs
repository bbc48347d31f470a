namespace Fuzz.Engine;

/// <summary>An input that broke something, cut down, with what is needed to see it again.</summary>
public sealed class FuzzFailureException(string message, Exception? cause) : Exception(message, cause);
