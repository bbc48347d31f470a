namespace LocalControlPlane.Definitions;

/// <summary>A file of CustomResourceDefinitions cannot be served. The message names the file and every mistake.</summary>
public sealed class DefinitionException(string message, Exception? cause = null) : Exception(message, cause);
