using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace DnsProtocol;

/// <summary>A message whose every record has its place; data is decoded when asked for, since most of it never is.</summary>
/// <remarks>For who reads an answer once. A forwarder,
/// which passes bytes on, walks them itself (<see cref="DnsRecordWalker"/>).</remarks>
public sealed class DnsMessage
{
    private readonly byte[] _bytes;

    private DnsMessage(
        byte[] bytes, DnsHeader header, string questionName, ushort questionType, ImmutableArray<DnsRecord> records)
    {
        _bytes = bytes;
        Header = header;
        QuestionName = questionName;
        QuestionType = questionType;
        Records = records;
    }

    public DnsHeader Header { get; }

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>In the form of <see cref="DnsName.TryReadText"/>; empty when there is no question.</summary>
    public string QuestionName { get; }

    /// <summary>Zero when there is no question.</summary>
    public ushort QuestionType { get; }

    public ImmutableArray<DnsRecord> Records { get; }

    /// <summary>The RCODE with what an OPT record adds to it (RFC 6891 6.1.3).</summary>
    public DnsResponseCode ResponseCode =>
        (DnsResponseCode)((ushort)Header.ResponseCode | (Find(DnsSection.Additional, DnsRecordType.Opt) is { } opt
            ? Edns.From(opt).ExtendedCode << 4
            : 0));

    /// <summary>Reads a message; false when something in it runs out of it, or it asks more than one question.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out DnsMessage? message)
    {
        message = null;
        if (!DnsHeader.TryRead(bytes, out var header) || header.Questions > 1) return false;

        var (name, type, offset) = ("", (ushort)0, DnsHeader.Size);
        if (header.Questions == 1)
        {
            if (!DnsQuestion.TryRead(bytes, out var question, out offset)) return false;
            if (!DnsName.TryReadText(bytes, DnsHeader.Size, out name, out _)) return false;
            type = question.Type;
        }

        var records = ImmutableArray.CreateBuilder<DnsRecord>();
        var walker = new DnsRecordWalker(bytes, header, offset);
        while (walker.TryNext(out var record)) records.Add(record);
        if (!walker.IsAtEnd) return false;

        message = new DnsMessage(bytes.ToArray(), header, name, type, records.ToImmutable());
        return true;
    }

    public IEnumerable<DnsRecord> In(DnsSection section) => Records.Where(record => record.Section == section);

    public DnsRecord? Find(DnsSection section, ushort type)
    {
        foreach (var record in Records)
            if (record.Section == section && record.Type == type) return record;
        return null;
    }

    /// <summary>Whose record it is.</summary>
    public string OwnerOf(DnsRecord record) =>
        DnsName.TryReadText(_bytes, record.Start, out var name, out _) ? name : "";    // cannot fail: the walker checked it

    /// <summary>The address in an A or AAAA record; false when its length is not the type's.</summary>
    public bool TryReadAddress(DnsRecord record, [NotNullWhen(true)] out IPAddress? address)
    {
        address = (record.Type, record.DataLength) is (DnsRecordType.A, 4) or (DnsRecordType.Aaaa, 16)
            ? new IPAddress(Data(record))
            : null;
        return address is not null;
    }

    /// <summary>The name in an NS or CNAME record, which must fill its data.</summary>
    public bool TryReadName(DnsRecord record, out string name) =>
        DnsName.TryReadText(_bytes, record.DataOffset, out name, out var end) && end == record.DataOffset + record.DataLength;

    /// <summary>The strings of a TXT record, joined (RFC 1035 3.3.14); one char a byte.</summary>
    public bool TryReadText(DnsRecord record, out string text)
    {
        text = "";
        var joined = new StringBuilder();
        for (var rest = Data(record); !rest.IsEmpty; rest = rest[(1 + rest[0])..])
        {
            if (rest.Length < 1 + rest[0]) return false;
            joined.Append(Encoding.Latin1.GetString(rest.Slice(1, rest[0])));
        }

        text = joined.ToString();
        return true;
    }

    public bool TryReadSoa(DnsRecord record, [NotNullWhen(true)] out SoaData? soa)
    {
        soa = null;
        return record.Type == DnsRecordType.Soa
            && SoaData.TryRead(_bytes.AsSpan(0, record.DataOffset + record.DataLength), record.DataOffset, out soa);
    }

    private ReadOnlySpan<byte> Data(DnsRecord record) => _bytes.AsSpan(record.DataOffset, record.DataLength);
}
