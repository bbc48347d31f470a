namespace LocalControlPlane.Formats.Protobuf;

/// <summary>A field of a message.</summary>
/// <param name="Name">In JSON; "." when the fields of the message in it stand in the place of this one.</param>
/// <param name="Message">Name of the message; empty for other types.</param>
/// <param name="KeepsZero">A zero was set by somebody. Clients send others also when nobody did.</param>
internal sealed record Field(string Name, FieldType Type, string Message, FieldShape Shape, bool KeepsZero)
{
    public bool IsInline => Name == ".";
}
