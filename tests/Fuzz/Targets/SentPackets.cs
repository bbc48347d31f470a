using System.Buffers.Binary;
using Fuzz.Engine;
using SstpProtocol;
using SstpProtocol.Ppp;
using SstpProtocol.Sstp;
using SstpProtocol.Sstp.Messages;

namespace Fuzz.Targets;

/// <summary>What we send must be well-formed, whatever made us send it.</summary>
internal static class SentPackets
{
    public static void CheckSstp(ReadOnlySpan<byte> packet)
    {
        Oracle.Holds(
            SstpHeader.TryRead(packet, out var header) == ReadStatus.Complete && header.Length == packet.Length,
            "sends a broken frame");
        if (header.IsControl)
        {
            Oracle.Holds(ControlMessage.TryRead(packet, out _), "sends a malformed control message");
            return;
        }

        Oracle.Holds(
            PppFrame.TryRead(packet[SstpHeader.Size..], out var protocol, out var offset), "sends a malformed PPP frame");
        CheckPpp(protocol, packet[(SstpHeader.Size + offset)..]);
    }

    public static void CheckPpp(PppProtocol protocol, ReadOnlySpan<byte> packet)
    {
        Oracle.Holds(
            packet.Length >= 4 && BinaryPrimitives.ReadUInt16BigEndian(packet[2..]) == packet.Length,
            "sends a packet with a wrong length");
        if (protocol is PppProtocol.Lcp or PppProtocol.Ipcp or PppProtocol.Ipv6cp && packet[0] is >= 1 and <= 4)
            Oracle.Holds(OptionReader.IsWellFormed(packet[4..]), "sends malformed options");
    }
}
