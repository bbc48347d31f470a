using System.Buffers.Binary;

namespace SstpProtocol.Dhcp;

/// <summary>The fixed part of a DHCP message (RFC 2131 section 2, figure 1) and the walk over its options.</summary>
/// <remarks>op 1, htype 1, hlen 1, hops 1, xid 4, secs 2, flags 2, ciaddr 4, yiaddr 4, siaddr 4, giaddr 4,
/// chaddr 16, sname 64, file 128, cookie 4.</remarks>
internal static class DhcpMessage
{
    /// <summary>Fixed part and magic cookie; options follow.</summary>
    public const int FixedSize = 240;

    public const int OperationOffset = 0;
    public const int HardwareTypeOffset = 1;
    public const int HardwareLengthOffset = 2;
    public const int TransactionOffset = 4;
    public const int FlagsOffset = 10;
    public const int ClientAddressOffset = 12;
    public const int HardwareAddressOffset = 28;
    public const int HardwareAddressSize = 16;
    public const int CookieOffset = 236;

    public const byte BootRequest = 1;
    public const byte BootReply = 2;
    public const uint Cookie = 0x63825363;
    public const ushort ServerPort = 67;
    public const ushort ClientPort = 68;

    public const byte Acknowledge = 5; // DHCPACK (RFC 2132 9.6)
    public const byte Inform = 8;      // DHCPINFORM

    /// <returns>True when the bytes are a message of that kind with the magic cookie.</returns>
    public static bool HasFixedPart(ReadOnlySpan<byte> message, byte operation) =>
        message.Length >= FixedSize && message[OperationOffset] == operation &&
        BinaryPrimitives.ReadUInt32BigEndian(message[CookieOffset..]) == Cookie;

    /// <summary>Takes the next option off the front; pads are skipped.</summary>
    /// <returns>False at the end option, at the end of the bytes, and where an option leaves them.</returns>
    public static bool TryTakeOption(scoped ref ReadOnlySpan<byte> options, out DhcpOption code, out ReadOnlySpan<byte> value)
    {
        code = default;
        value = default;
        while (!options.IsEmpty && options[0] == (byte)DhcpOption.Pad) options = options[1..];
        if (options.Length < 2 || options[0] == (byte)DhcpOption.End) return false;

        int length = options[1];
        if (2 + length > options.Length) return false;

        code = (DhcpOption)options[0];
        value = options.Slice(2, length);
        options = options[(2 + length)..];
        return true;
    }
}
