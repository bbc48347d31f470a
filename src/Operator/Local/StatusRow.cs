namespace Operator.Local;

/// <summary>What a person wants to know of one resource.</summary>
/// <param name="Ready">Status of the condition Ready; "Unknown" before anybody has written one.</param>
/// <param name="Reason">And the message: why it is so.</param>
internal sealed record StatusRow(string Kind, string Name, string Ready, string Reason, string Message)
{
    public override string ToString() =>
        Reason.Length == 0
            ? $"{Kind} {Name}: Ready={Ready}"
            : $"{Kind} {Name}: Ready={Ready} {Reason}{(Message.Length == 0 ? "" : $": {Message}")}";
}
