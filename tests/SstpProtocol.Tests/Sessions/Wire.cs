using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SstpProtocol.Tests.Sessions;

/// <summary>SSTP packets with what is in them, read from the pictures of MS-SSTP 2.2 and not by the code under test.</summary>
internal static class Wire
{
    public static byte[] EchoRequest => [0x10, 0x01, 0x00, 0x08, 0x00, 0x08, 0x00, 0x00];

    public static byte[] CallDisconnect => Convert.FromHexString("10010014000600010002000C0000000000000000");

    public static byte[] CallAbort => Convert.FromHexString("10010014000500010002000C0000000200000007");

    public static bool IsControl(byte[] packet, ushort type) =>
        packet[1] == 1 && BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(4)) == type;

    /// <summary>A data packet of this protocol whose first octet, the code, is this one.</summary>
    public static bool IsPpp(byte[] packet, ushort protocol, byte code) =>
        packet[1] == 0 && BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(6)) == protocol && packet[8] == code;

    public static bool IsLcpTerminateRequest(byte[] packet) => IsPpp(packet, 0xC021, 5);

    public static bool IsLcpTerminateAck(byte[] packet) => IsPpp(packet, 0xC021, 6);

    /// <summary>The peer's "Success" inside EAP-MSCHAPv2: code 2, type 26, opcode 3.</summary>
    public static bool IsEapSuccessResponse(byte[] packet) => IsPpp(packet, 0xC227, 2) && packet[12] == 26 && packet[13] == 3;

    /// <summary>What a packet is, in short: a control message's type in hexadecimal,
    /// or a data packet's protocol and code.</summary>
    public static string Describe(byte[] packet) => packet[1] == 1
        ? $"SSTP {packet[5]:X2}"
        : $"{BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(6)):X4} {packet[8]:X2}";

    /// <summary>CALL_CONNECTED by a client without keys, for the nonce of the server's CALL_CONNECT_ACK.</summary>
    public static byte[] CallConnected(IEnumerable<byte[]> sentByServer)
    {
        var acknowledgement = sentByServer.Single(packet => IsControl(packet, 0x0002));
        var packet = new byte[112];
        Convert.FromHexString("100100700004000100030068000000" + "02").CopyTo(packet, 0);
        acknowledgement.AsSpan(16, 32).CopyTo(packet.AsSpan(16));
        Parts.Certificate.Sha256.CopyTo(packet, 48);
        byte[] seed = [.. "SSTP inner method derived CMK"u8, 32, 0, 1];
        var macKey = HMACSHA256.HashData(new byte[32], seed);
        HMACSHA256.HashData(macKey, packet).CopyTo(packet, 80);
        return packet;
    }
}
