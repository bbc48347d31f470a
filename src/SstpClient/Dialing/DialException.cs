namespace SstpClient.Dialing;

/// <summary>No connection came about; the message says at which step and what to look at.</summary>
public sealed class DialException(DialStep step, string message, Exception? cause = null) : Exception(message, cause)
{
    public DialStep Step { get; } = step;
}
