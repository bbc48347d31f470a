using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace DnsProtocol;

/// <summary>Writes a message from front to back, names uncompressed: what is sent here is short.</summary>
/// <remarks>Records must come in the order of their sections (RFC 1035 4.1), since each is written where it comes.</remarks>
public sealed class DnsMessageWriter
{
    private readonly ArrayBufferWriter<byte> _body = new();
    private readonly ushort[] _counts = new ushort[4];
    private readonly ushort _id;
    private readonly DnsFlags _flags;
    private int _section;

    public DnsMessageWriter(ushort id, DnsFlags flags)
    {
        _id = id;
        _flags = flags;
    }

    /// <exception cref="ArgumentException"><paramref name="name"/> is no domain name in ASCII.</exception>
    public void Question(string name, ushort type, ushort recordClass)
    {
        Enter(0);
        Name(name);
        Number16(type);
        Number16(recordClass);
    }

    public void Record(DnsSection section, string name, ushort type, ushort recordClass, uint ttl, ReadOnlySpan<byte> data)
    {
        Enter(1 + (int)section);
        Name(name);
        Number16(type);
        Number16(recordClass);
        BinaryPrimitives.WriteUInt32BigEndian(_body.GetSpan(4), ttl);
        _body.Advance(4);
        Number16(checked((ushort)data.Length));
        _body.Write(data);
    }

    /// <summary>The OPT record: what is announced is <see cref="Edns.OwnPayloadSize"/>.</summary>
    public void Opt()
    {
        Enter(1 + (int)DnsSection.Additional);
        new Edns(Edns.OwnPayloadSize, 0, 0, DnssecOk: false).Write(_body.GetSpan(Edns.Size));
        _body.Advance(Edns.Size);
    }

    public byte[] ToArray()
    {
        var message = new byte[DnsHeader.Size + _body.WrittenCount];
        new DnsHeader(_id, _flags, _counts[0], _counts[1], _counts[2], _counts[3]).Write(message);
        _body.WrittenSpan.CopyTo(message.AsSpan(DnsHeader.Size));
        return message;
    }

    /// <summary>A name as data, such as that of a CNAME; also what a signature is made over.</summary>
    public static byte[] NameData(string name) =>
        DnsName.TryParse(name, out var key)
            ? Encoding.Latin1.GetBytes(key)
            : throw new ArgumentException($"\"{name}\" is no domain name", nameof(name));

    /// <summary>A TXT value as data, cut into strings of 255 bytes (RFC 1035 3.3).</summary>
    /// <param name="text">One byte a char.</param>
    public static byte[] TextData(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        return bytes.Length == 0
            ? [0]
            : bytes.Chunk(byte.MaxValue).SelectMany(part => (byte[])[(byte)part.Length, .. part]).ToArray();
    }

    private void Enter(int section)
    {
        if (section < _section) throw new ArgumentException("Records come in the order of their sections.", nameof(section));
        _section = section;
        _counts[section]++;
    }

    private void Name(string name) => _body.Write(NameData(name));

    private void Number16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_body.GetSpan(2), value);
        _body.Advance(2);
    }
}
