namespace Operator.Reconciling;

/// <summary>Trying again changes nothing; a person has to act. Becomes Ready=False and Stalled=True, and an event.</summary>
/// <param name="reason">One stable word in PascalCase, for the conditions.</param>
/// <param name="message">What is wrong and what to do.</param>
public sealed class TerminalException(string reason, string message) : Exception(message)
{
    public string Reason { get; } = reason;
}
