using System.Buffers.Binary;

namespace EndToEnd.Tests.RawClient;

/// <summary>What goes over the wire, written out (MS-SSTP 2.2, RFC 1661, RFC 1332, RFC 1334).</summary>
public static class Octets
{
    public const string Preamble =
        "SSTP_DUPLEX_POST /sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/ HTTP/1.1\r\n"
        + "Host: vpn.example.test\r\nContent-Length: 18446744073709551615\r\n\r\n";

    public static byte[] ConnectRequest { get; } = Hex("1001000E 0001 0001 00010006 0001");

    public static byte[] EchoRequest { get; } = Hex("10010008 0008 0000");

    public static byte[] EchoResponse { get; } = Hex("10010008 0009 0000");

    public static byte[] Disconnect { get; } = Hex("10010008 0006 0000");

    /// <param name="text">Hexadecimal digits, with spaces where they help the reader.</param>
    public static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>CALL_ABORT with one Status Info: the attribute it is about, and the status (MS-SSTP 2.2.8, 2.2.13).</summary>
    public static byte[] Abort(byte about, byte status) =>
        Hex($"10010014 0005 0001 0002000C 000000 {about:X2} 000000 {status:X2}");

    /// <summary>A control packet with a length that fits; the attributes are written out by the caller.</summary>
    public static byte[] Control(ushort type, ushort attributeCount, byte[] attributes) =>
        WithLength(
            [0x10, 0x01, 0, 0, (byte)(type >> 8), (byte)type, (byte)(attributeCount >> 8), (byte)attributeCount, .. attributes]);

    /// <summary>A data packet: a PPP frame with address, control and a protocol of two octets.</summary>
    public static byte[] Ppp(ushort protocol, byte[] packet) =>
        WithLength([0x10, 0x00, 0, 0, 0xFF, 0x03, (byte)(protocol >> 8), (byte)protocol, .. packet]);

    /// <summary>A packet of LCP, an NCP or PAP: code, identifier, length, data.</summary>
    public static byte[] Code(byte code, byte identifier, byte[] data) =>
        [code, identifier, (byte)((data.Length + 4) >> 8), (byte)(data.Length + 4), .. data];

    private static byte[] WithLength(byte[] packet)
    {
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        return packet;
    }
}
