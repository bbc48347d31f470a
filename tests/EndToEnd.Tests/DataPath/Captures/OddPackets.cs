using System.Buffers.Binary;
using System.Net;

namespace EndToEnd.Tests.DataPath.Captures;

/// <summary>Packets that a tunnel has no business with and must carry as they are, each of another kind.</summary>
public static class OddPackets
{
    private const byte HopByHop = 0, Tcp = 6, Udp = 17, Routing = 43, Fragment = 44, Esp = 50, Ah = 51, NoNext = 59,
        DestinationOptions = 60;

    public static IEnumerable<(string Kind, byte[] Packet)> Ipv6(IPAddress source, IPAddress destination, Random random)
    {
        yield return ("hop-by-hop, padding", Chain([HopByHop], Udp));
        yield return ("hop-by-hop, router alert", Packet(HopByHop, [Udp, 0, 5, 2, 0, 0, 1, 0, .. Payload(64)]));
        yield return ("hop-by-hop before TCP", Chain([HopByHop], Tcp));
        yield return ("destination options", Chain([DestinationOptions], Udp));
        yield return ("destination options before TCP", Chain([DestinationOptions], Tcp));
        yield return ("routing type 0, used up", Packet(Routing, [Udp, 2, 0, 0, .. new byte[4], .. Payload(16), .. Payload(64)]));
        yield return (
            "routing type 0, one left", Packet(Routing, [Udp, 2, 0, 1, .. new byte[4], .. Payload(16), .. Payload(64)]));
        yield return ("routing type 4", Packet(Routing, [Udp, 2, 4, 0, 0, 0, 0, 0, .. Payload(16), .. Payload(64)]));
        yield return ("routing of an unknown type", Packet(Routing, [Udp, 0, 200, 9, .. Payload(4), .. Payload(64)]));
        yield return ("first fragment", Packet(Fragment, [Udp, 0, 0, 1, .. Payload(4), .. Payload(1024)]));
        yield return ("middle fragment", Packet(Fragment, [Udp, 0, 4, 1, .. Payload(4), .. Payload(1024)]));
        yield return ("last fragment", Packet(Fragment, [Udp, 0, 8, 0, .. Payload(4), .. Payload(77)]));
        yield return ("atomic fragment", Packet(Fragment, [Udp, 0, 0, 0, .. Payload(4), .. Payload(64)]));
        yield return ("atomic fragment of TCP", Packet(Fragment, [Tcp, 0, 0, 0, .. Payload(4), .. Payload(64)]));
        yield return ("ESP", Packet(Esp, Payload(200)));
        yield return ("AH", Packet(Ah, [Tcp, 4, 0, 0, .. Payload(20), .. Payload(64)]));
        yield return ("AH that leaves the packet", Packet(Ah, [Tcp, 255, 0, 0, .. Payload(20)]));
        yield return (
            "all in the order of RFC 8200", Chain([HopByHop, DestinationOptions, Routing, Fragment, DestinationOptions], Tcp));
        yield return ("a chain of twelve", Chain([.. Enumerable.Repeat(DestinationOptions, 12)], Udp));
        yield return ("extension header that leaves the packet", Packet(DestinationOptions, [Tcp, 200, .. Payload(30)]));
        yield return ("no next header", Packet(NoNext, Payload(33)));
        yield return ("nothing behind the header", Packet(NoNext, []));
        yield return ("unknown next header", Packet(253, Payload(99)));
        yield return ("mobility", Packet(135, Payload(24)));
        yield return ("IPv4 in IPv6", Packet(4, Payload(100)));
        yield return ("UDP without checksum", Packet(Udp, [.. Payload(4), 0, 48, 0, 0, .. Payload(40)]));
        yield return ("TCP of ten bytes", Packet(Tcp, Payload(10)));

        byte[] Payload(int length) => Bytes(random, length);

        byte[] Packet(byte next, byte[] rest)
        {
            byte[] packet =
            [
                0x60, 0, .. Payload(2), 0, 0, next, 61, .. source.GetAddressBytes(), .. destination.GetAddressBytes(), .. rest,
            ];
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)rest.Length);
            return packet;
        }

        byte[] Chain(byte[] headers, byte last)
        {
            byte[] rest = [];
            for (var i = 0; i < headers.Length; i++)
            {
                var next = i + 1 < headers.Length ? headers[i + 1] : last;
                // Padding (PadN) in options; a routing header without anything left; the fragment header of a whole packet.
                byte[] content = headers[i] switch
                {
                    Routing => [253, 0, 0, 0, 0, 0],
                    Fragment => [0, 0, .. Payload(4)],
                    _ => [1, 4, 0, 0, 0, 0],
                };
                rest = [.. rest, next, 0, .. content];
            }

            return Packet(headers[0], [.. rest, .. Payload(80)]);
        }
    }

    public static IEnumerable<(string Kind, byte[] Packet)> Ipv4(IPAddress source, IPAddress destination, Random random)
    {
        yield return ("record route", Packet(Udp, 0x4000, [7, 7, 4, 0, 0, 0, 0, 0], Payload(64)));
        yield return ("timestamps", Packet(Udp, 0x4000, [68, 12, 5, 0, .. new byte[8]], Payload(64)));
        yield return ("router alert", Packet(2, 0x4000, [148, 4, 0, 0], Payload(16)));
        yield return ("loose source route", Packet(Udp, 0, [131, 7, 8, 10, 9, 8, 7, 0], Payload(64)));
        yield return ("options before TCP", Packet(Tcp, 0x4000, [1, 1, 1, 0], Payload(64)));
        yield return ("unknown option", Packet(Tcp, 0x4000, [0xDE, 4, 1, 2], Payload(64)));
        yield return ("forty bytes of options", Packet(Udp, 0, Enumerable.Repeat((byte)1, 40).ToArray(), Payload(64)));
        yield return ("first fragment", Packet(Udp, 0x2000, [], Payload(1024)));
        yield return ("middle fragment", Packet(Udp, 0x2080, [], Payload(1024)));
        yield return ("last fragment", Packet(Udp, 0x0100, [], Payload(77)));
        yield return ("fragment with DF", Packet(Tcp, 0x6000, [], Payload(64)));
        yield return ("reserved bit", Packet(Udp, 0x8000, [], Payload(64)));
        yield return ("without DF", Packet(Tcp, 0, [], [.. Payload(12), 0x50, 0x10, .. Payload(6), .. Payload(64)]));
        yield return ("ESP", Packet(Esp, 0, [], Payload(200)));
        yield return ("AH", Packet(Ah, 0, [], Payload(64)));
        yield return ("GRE", Packet(47, 0, [], Payload(64)));
        yield return ("IPv4 in IPv4", Packet(4, 0, [], Payload(64)));
        yield return ("IPv6 in IPv4", Packet(41, 0, [], Payload(64)));
        yield return ("SCTP", Packet(132, 0, [], Payload(64)));
        yield return ("UDP-Lite", Packet(136, 0, [], Payload(64)));
        yield return ("unknown protocol", Packet(253, 0, [], Payload(99)));
        yield return ("nothing behind the header", Packet(Udp, 0, [], []));
        yield return ("UDP without checksum", Packet(Udp, 0x4000, [], [.. Payload(4), 0, 48, 0, 0, .. Payload(40)]));
        yield return ("UDP of another length", Packet(Udp, 0x4000, [], [.. Payload(4), 0, 40, .. Payload(42)]));
        yield return ("TCP of ten bytes", Packet(Tcp, 0x4000, [], Payload(10)));

        byte[] Payload(int length) => Bytes(random, length);

        byte[] Packet(byte protocol, ushort fragment, byte[] options, byte[] rest)
        {
            byte[] packet =
            [
                (byte)(0x45 + (options.Length / 4)), 0, 0, 0, .. Payload(2),
                (byte)(fragment >> 8), (byte)fragment, 61, protocol, 0, 0,
                .. source.GetAddressBytes(), .. destination.GetAddressBytes(), .. options, .. rest,
            ];
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
            BinaryPrimitives.WriteUInt16BigEndian(
                packet.AsSpan(10), SstpProtocol.Ip.InternetChecksum.Of(packet.AsSpan(0, 20 + options.Length)));
            return packet;
        }
    }

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
