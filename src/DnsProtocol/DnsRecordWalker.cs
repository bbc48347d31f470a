using System.Buffers.Binary;

namespace DnsProtocol;

/// <summary>Goes over the records of a message, section by section. Total: stops at the first that does not fit.</summary>
/// <param name="offset">Where the first record starts, after the question.</param>
public ref struct DnsRecordWalker(ReadOnlySpan<byte> message, DnsHeader header, int offset)
{
    // Type, class, TTL and data length, after the owner's name.
    private const int FixedSize = 10;

    private readonly ReadOnlySpan<byte> _message = message;
    private int _answers = header.Answers;
    private int _authorities = header.Authorities;
    private int _additionals = header.Additionals;

    /// <summary>The offset after the last record read.</summary>
    public int Offset { get; private set; } = offset;

    /// <summary>True once every record that the header announced was read.</summary>
    public readonly bool IsAtEnd => _answers + _authorities + _additionals == 0;

    /// <summary>The next record; false at the end, and when what follows is malformed (then not <see cref="IsAtEnd"/>).</summary>
    public bool TryNext(out DnsRecord record)
    {
        record = default;
        if (IsAtEnd || !DnsName.TrySkip(_message, Offset, out var rest) || _message.Length - rest < FixedSize) return false;

        var dataOffset = rest + FixedSize;
        var dataLength = BinaryPrimitives.ReadUInt16BigEndian(_message[(rest + 8)..]);
        if (_message.Length - dataOffset < dataLength) return false;

        record = new DnsRecord(
            TakeSection(),
            Offset,
            BinaryPrimitives.ReadUInt16BigEndian(_message[rest..]),
            BinaryPrimitives.ReadUInt16BigEndian(_message[(rest + 2)..]),
            BinaryPrimitives.ReadUInt32BigEndian(_message[(rest + 4)..]),
            rest + 4,
            dataOffset,
            dataLength);
        Offset = dataOffset + dataLength;
        return true;
    }

    private DnsSection TakeSection()
    {
        if (_answers > 0)
        {
            _answers--;
            return DnsSection.Answer;
        }

        if (_authorities > 0)
        {
            _authorities--;
            return DnsSection.Authority;
        }

        _additionals--;
        return DnsSection.Additional;
    }
}
