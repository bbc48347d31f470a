namespace TestSupport.Processes;

public sealed class CommandFailedException(string message) : Exception(message);
