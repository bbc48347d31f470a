namespace Operator.Certificates;

/// <summary>Something that only a person or another controller can put right; the message says what.</summary>
/// <param name="reason">Of the condition; PascalCase.</param>
internal sealed class BlockedException(string reason, string message) : Exception(message)
{
    public string Reason => reason;
}
