using System.Buffers.Binary;
using System.Text;

namespace SstpGateway.Tests.Dns.Support;

/// <summary>Writes and reads DNS messages for the tests, after RFC 1035 and without any of the product's code.</summary>
internal static class WireText
{
    public static byte[] Name(string text)
    {
        var wire = new List<byte>();
        foreach (var label in text.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            wire.Add((byte)label.Length);
            wire.AddRange(Encoding.ASCII.GetBytes(label));
        }

        wire.Add(0);
        return [.. wire];
    }

    public static byte[] Query(
        string name, ushort type = RecordText.A, ushort id = 0x1234, ushort flags = 0x0100,
        ushort recordClass = 1, RecordText? edns = null) =>
        [.. Words(id, flags, 1, 0, 0, edns is null ? 0 : 1), .. Name(name), .. Words(type, recordClass), .. edns?.ToWire() ?? []];

    /// <summary>A reply that repeats the id and the question of <paramref name="query"/>.</summary>
    public static byte[] Reply(
        ReadOnlySpan<byte> query, RecordText[] answers, RecordText[]? authorities = null, RecordText[]? additionals = null,
        ushort flags = 0x8180) =>
        [
            .. Words(Id(query), flags, 1, answers.Length, authorities?.Length ?? 0, additionals?.Length ?? 0),
            .. query[12..QuestionEnd(query)],
            .. new[] { answers, authorities ?? [], additionals ?? [] }
                .SelectMany(section => section).SelectMany(record => record.ToWire()),
        ];

    public static ushort Id(ReadOnlySpan<byte> message) => Word(message, 0);

    public static ushort Flags(ReadOnlySpan<byte> message) => Word(message, 2);

    public static int Rcode(ReadOnlySpan<byte> message) => message[3] & 0xF;

    public static bool IsTruncated(ReadOnlySpan<byte> message) => (message[2] & 2) != 0;

    public static (int Questions, int Answers, int Authorities, int Additionals) Counts(ReadOnlySpan<byte> message) =>
        (Word(message, 4), Word(message, 6), Word(message, 8), Word(message, 10));

    public static int QuestionEnd(ReadOnlySpan<byte> message) => NameEnd(message) + 4;

    public static ushort QuestionType(ReadOnlySpan<byte> message) => Word(message, NameEnd(message));

    /// <summary>The question's name in dotted text, letters as sent.</summary>
    public static string QuestionName(ReadOnlySpan<byte> message)
    {
        var labels = new List<string>();
        for (var at = 12; message[at] != 0; at += 1 + message[at])
            labels.Add(Encoding.ASCII.GetString(message.Slice(at + 1, message[at])));
        return string.Join('.', labels);
    }

    /// <summary>The TTL of the first record, whose owner must be a pointer.</summary>
    public static uint FirstTtl(ReadOnlySpan<byte> message) =>
        BinaryPrimitives.ReadUInt32BigEndian(message[(QuestionEnd(message) + 2 + 4)..]);

    /// <summary>The data of the first record, whose owner must be a pointer.</summary>
    public static byte[] FirstData(ReadOnlySpan<byte> message)
    {
        var at = QuestionEnd(message) + 2 + 8;
        return message.Slice(at + 2, Word(message, at)).ToArray();
    }

    private static int NameEnd(ReadOnlySpan<byte> message)
    {
        var at = 12;
        while (message[at] != 0) at += 1 + message[at];
        return at + 1;
    }

    private static ushort Word(ReadOnlySpan<byte> message, int offset) => BinaryPrimitives.ReadUInt16BigEndian(message[offset..]);

    private static byte[] Words(params int[] words) => [.. words.SelectMany(word => new[] { (byte)(word >> 8), (byte)word })];
}
