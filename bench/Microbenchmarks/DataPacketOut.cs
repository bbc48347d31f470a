using SstpProtocol.Ppp;
using SstpProtocol.Sstp;

namespace Bench.Microbenchmarks;

/// <summary>The headers that go in front of every packet to a client.</summary>
internal sealed record DataPacketOut() : Microbenchmark("data packet out: SSTP and PPP header", 0)
{
    private readonly byte[] _packet = new byte[SstpHeader.Size + PppFrame.HeaderSize + Packets.Mtu];

    public static byte[] Wrap(byte[] ip)
    {
        var packet = new byte[SstpHeader.Size + PppFrame.HeaderSize + ip.Length];
        Run(packet);
        ip.CopyTo(packet, SstpHeader.Size + PppFrame.HeaderSize);
        return packet;
    }

    public override bool IsRight()
    {
        Run(_packet);
        // 1408 = 0x580
        return _packet.AsSpan(0, 8).SequenceEqual((ReadOnlySpan<byte>)[0x10, 0x00, 0x05, 0x80, 0xFF, 0x03, 0x00, 0x21]);
    }

    public override void Repeat(int times)
    {
        for (var i = 0; i < times; i++) Run(_packet);
    }

    private static void Run(Span<byte> packet)
    {
        new SstpHeader(false, packet.Length).Write(packet);
        PppFrame.WriteHeader(packet[SstpHeader.Size..], PppProtocol.Ipv4);
    }
}
