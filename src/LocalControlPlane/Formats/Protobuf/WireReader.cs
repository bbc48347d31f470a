using System.Buffers.Binary;

namespace LocalControlPlane.Formats.Protobuf;

/// <summary>Takes one message of the protobuf wire format apart, field by field.
/// Reads no further than it was given, whatever is in it.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Reads the next field.</summary>
    /// <param name="number">1 to 2^29 - 1.</param>
    /// <param name="value">The number of a varint and of fixed widths; 0 else.</param>
    /// <param name="content">Of a field with a length; empty else.</param>
    /// <returns>False when what comes next is no field, or is cut off.</returns>
    public bool TryRead(out int number, out WireType type, out ulong value, out ReadOnlySpan<byte> content)
    {
        (number, type, value) = (0, default, 0);
        content = default;
        if (!TryReadVarint(out var tag) || tag >> 3 is 0 or > (1 << 29) - 1) return false;

        number = (int)(tag >> 3);
        type = (WireType)(tag & 7);
        switch (type)
        {
            case WireType.Varint:
                return TryReadVarint(out value);
            case WireType.Fixed64 when _rest.Length >= 8:
                value = BinaryPrimitives.ReadUInt64LittleEndian(_rest);
                _rest = _rest[8..];
                return true;
            case WireType.Fixed32 when _rest.Length >= 4:
                value = BinaryPrimitives.ReadUInt32LittleEndian(_rest);
                _rest = _rest[4..];
                return true;
            case WireType.Length when TryReadVarint(out var length) && length <= (ulong)_rest.Length:
                content = _rest[..(int)length];
                _rest = _rest[(int)length..];
                return true;
            default:
                // Groups went out of use before Kubernetes was.
                return false;
        }
    }

    /// <summary>Seven bits a byte, least first; ten bytes at most.</summary>
    public bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; i < 10 && i < _rest.Length; i++)
        {
            var b = _rest[i];
            if (i == 9 && b > 1) return false;
            value |= (ulong)(b & 0x7F) << (7 * i);
            if (b >= 0x80) continue;

            _rest = _rest[(i + 1)..];
            return true;
        }

        return false;
    }
}
