namespace LocalControlPlane.Formats.Protobuf;

/// <summary>How a field's value is laid out; the numbers are the format's.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Length = 2,
    Fixed32 = 5,
}
