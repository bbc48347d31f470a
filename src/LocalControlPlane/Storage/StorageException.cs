namespace LocalControlPlane.Storage;

/// <summary>The store cannot be opened, read or written. The message says what to do.</summary>
public sealed class StorageException(string message, Exception? cause = null) : Exception(message, cause);
