using System.Buffers.Binary;

namespace SstpProtocol.Tls;

/// <summary>A cursor over TLS presentation language (RFC 8446 3): numbers in network
/// order and vectors with a length in front.</summary>
internal ref struct TlsReader(ReadOnlySpan<byte> source)
{
    private ReadOnlySpan<byte> _remaining = source;

    public readonly bool IsAtEnd => _remaining.IsEmpty;

    public bool TryReadUInt8(out byte value)
    {
        value = 0;
        if (!TryReadBytes(1, out var bytes)) return false;
        value = bytes[0];
        return true;
    }

    public bool TryReadUInt16(out ushort value)
    {
        value = 0;
        if (!TryReadBytes(2, out var bytes)) return false;
        value = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        return true;
    }

    public bool TryReadBytes(int length, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (length > _remaining.Length) return false;
        bytes = _remaining[..length];
        _remaining = _remaining[length..];
        return true;
    }

    /// <summary>A vector whose length is one octet.</summary>
    public bool TryReadVector8(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        return TryReadUInt8(out var length) && TryReadBytes(length, out bytes);
    }

    /// <summary>A vector whose length is two octets.</summary>
    public bool TryReadVector16(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        return TryReadUInt16(out var length) && TryReadBytes(length, out bytes);
    }
}
