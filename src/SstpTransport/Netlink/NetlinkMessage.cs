using System.Net;

namespace SstpTransport.Netlink;

/// <summary>Builds one rtnetlink request: header, a fixed body, attributes (netlink(7), rtnetlink(7)).</summary>
/// <remarks>Everything is in the host's byte order except addresses; attributes are padded to 4 bytes.</remarks>
internal sealed class NetlinkMessage
{
    /// <summary>struct nlmsghdr: length 4, type 2, flags 2, sequence 4, port 4.</summary>
    public const int HeaderSize = 16;

    /// <summary>struct nlattr: length 2, type 2.</summary>
    public const int AttributeHeaderSize = 4;

    private readonly byte[] _buffer = new byte[1024];
    private int _length = HeaderSize;

    public NetlinkMessage(RouteMessageType type, RequestFlags flags)
    {
        BitConverter.TryWriteBytes(_buffer.AsSpan(4), (ushort)type);
        BitConverter.TryWriteBytes(_buffer.AsSpan(6), (ushort)flags);
    }

    /// <summary>Appends the fixed body of the given size, zeroed, and returns it to be filled in.</summary>
    public Span<byte> Body(int size)
    {
        var body = _buffer.AsSpan(_length, size);
        _length = Align(_length + size);
        return body;
    }

    public NetlinkMessage Attribute(int type, ReadOnlySpan<byte> value)
    {
        var start = Begin(type);
        value.CopyTo(_buffer.AsSpan(_length));
        _length += value.Length;
        End(start);
        return this;
    }

    public NetlinkMessage Attribute(int type, uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BitConverter.TryWriteBytes(bytes, value);
        return Attribute(type, bytes);
    }

    public NetlinkMessage Attribute(int type, IPAddress value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, out var written);
        return Attribute(type, bytes[..written]);
    }

    /// <summary>Starts a nested attribute; give the result to <see cref="End"/>.</summary>
    public int Begin(int type)
    {
        var start = _length;
        BitConverter.TryWriteBytes(_buffer.AsSpan(start + 2), (ushort)type);
        _length += AttributeHeaderSize;
        return start;
    }

    public void End(int start)
    {
        BitConverter.TryWriteBytes(_buffer.AsSpan(start), (ushort)(_length - start));
        _length = Align(_length);
    }

    /// <summary>The whole message, stamped with its length and the sequence number.</summary>
    public ReadOnlySpan<byte> Finish(uint sequence)
    {
        BitConverter.TryWriteBytes(_buffer.AsSpan(0), (uint)_length);
        BitConverter.TryWriteBytes(_buffer.AsSpan(8), sequence);
        return _buffer.AsSpan(0, _length);
    }

    /// <summary>Finds the value of the first attribute of a type; empty when there is none or the rest is damaged.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> attributes, int type)
    {
        while (attributes.Length >= AttributeHeaderSize)
        {
            int length = BitConverter.ToUInt16(attributes);
            if (length < AttributeHeaderSize || length > attributes.Length) return default;

            // The two highest bits of the type are flags (NLA_F_NESTED, NLA_F_NET_BYTEORDER).
            if ((BitConverter.ToUInt16(attributes[2..]) & 0x3FFF) == type) return attributes[AttributeHeaderSize..length];
            attributes = attributes[Math.Min(Align(length), attributes.Length)..];
        }

        return default;
    }

    public static int Align(int length) => (length + 3) & ~3;
}
