using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace SstpGateway.Tests.Dns.Support;

/// <summary>A record for a fake server's answer, written without any of the product's code.
/// The owner defaults to a pointer to the question.</summary>
internal sealed record RecordText(ushort Type, uint Ttl, byte[] Data, byte[]? Owner = null, ushort Class = 1)
{
    public const ushort A = 1;
    public const ushort CName = 5;
    public const ushort Soa = 6;
    public const ushort Aaaa = 28;
    public const ushort Opt = 41;

    private static readonly byte[] PointerToQuestion = [0xC0, 0x0C];

    public static RecordText Address(string address, uint ttl = 300)
    {
        var bytes = IPAddress.Parse(address).GetAddressBytes();
        return new RecordText(bytes.Length == 4 ? A : Aaaa, ttl, bytes);
    }

    public static RecordText Alias(string target, uint ttl = 300) => new(CName, ttl, WireText.Name(target));

    public static RecordText StartOfAuthority(uint ttl, uint minimum)
    {
        var numbers = new byte[20];
        BinaryPrimitives.WriteUInt32BigEndian(numbers.AsSpan(16), minimum);
        return new RecordText(Soa, ttl, [.. WireText.Name("ns.example"), .. WireText.Name("root.example"), .. numbers]);
    }

    public static RecordText Text(int length, uint ttl = 300)
    {
        var data = new List<byte>();
        for (var left = length; left > 0; left -= 256)
        {
            var part = Math.Min(255, left - 1);
            data.Add((byte)part);
            data.AddRange(Encoding.ASCII.GetBytes(new string('x', part)));
        }

        return new RecordText(16, ttl, [.. data]);
    }

    public static RecordText Edns(ushort size = 4096, uint ttl = 0, byte[]? options = null) =>
        new(Opt, ttl, options ?? [], [0], size);

    public byte[] ToWire()
    {
        var rest = new byte[10];
        BinaryPrimitives.WriteUInt16BigEndian(rest, Type);
        BinaryPrimitives.WriteUInt16BigEndian(rest.AsSpan(2), Class);
        BinaryPrimitives.WriteUInt32BigEndian(rest.AsSpan(4), Ttl);
        BinaryPrimitives.WriteUInt16BigEndian(rest.AsSpan(8), (ushort)Data.Length);
        return [.. Owner ?? PointerToQuestion, .. rest, .. Data];
    }
}
