using System.Buffers.Binary;

namespace SstpProtocol.Ppp.Authentication.Eap;

/// <summary>EAP-MSCHAPv2's Type-Data (draft-kamath-pppext-eap-mschapv2 section 2).</summary>
/// <remarks>
///   byte 0    byte 1          bytes 2-3, network order     from byte 4
///   opcode  | MS-CHAPv2-ID  | length from byte 0 on      | data
/// A peer's Success and Failure responses are the opcode alone.
/// </remarks>
public readonly ref struct EapMsChapV2Packet
{
    private const int HeaderSize = 4;

    private EapMsChapV2Packet(EapMsChapV2OpCode opCode, byte identifier, ReadOnlySpan<byte> data)
    {
        OpCode = opCode;
        Identifier = identifier;
        Data = data;
    }

    public EapMsChapV2OpCode OpCode { get; }

    /// <summary>MS-CHAPv2-ID; 0 where the packet is the opcode alone.</summary>
    public byte Identifier { get; }

    public ReadOnlySpan<byte> Data { get; }

    public static bool TryRead(ReadOnlySpan<byte> typeData, out EapMsChapV2Packet packet)
    {
        packet = default;
        if (typeData.IsEmpty) return false;

        var opCode = (EapMsChapV2OpCode)typeData[0];
        if (opCode is EapMsChapV2OpCode.Success or EapMsChapV2OpCode.Failure && typeData.Length < HeaderSize)
        {
            packet = new EapMsChapV2Packet(opCode, 0, []);
            return true;
        }

        if (typeData.Length < HeaderSize) return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(typeData[2..]);
        if (length < HeaderSize || length > typeData.Length) return false;

        packet = new EapMsChapV2Packet(opCode, typeData[1], typeData[HeaderSize..length]);
        return true;
    }

    public static byte[] Create(EapMsChapV2OpCode opCode, byte identifier, ReadOnlySpan<byte> data) =>
        AuthenticationPacket.Create((byte)opCode, identifier, data);
}
