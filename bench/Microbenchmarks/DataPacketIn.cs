using SstpProtocol;
using SstpProtocol.Ip;
using SstpProtocol.Ppp;
using SstpProtocol.Sstp;

namespace Bench.Microbenchmarks;

/// <summary>What every packet from a client goes through before the TUN device.</summary>
internal sealed record DataPacketIn() : Microbenchmark("data packet in: SSTP header, PPP header, source check, MSS", 0)
{
    private readonly byte[] _packet = DataPacketOut.Wrap(Packets.FromClient(Packets.Mtu));
    private readonly SourceCheck _check = new(Packets.Client, null);

    public override bool IsRight() =>
        Run(_packet) == Packets.Mtu && new SourceCheck(Packets.Client + 1, null).Permits(_packet.AsSpan(8)) == false;

    public override void Repeat(int times)
    {
        for (var i = 0; i < times; i++)
        {
            if (Run(_packet) == 0) throw new InvalidOperationException("the packet was refused");
        }
    }

    /// <summary>The length of the IP packet, or 0 when it may not pass.</summary>
    private int Run(Span<byte> packet)
    {
        if (SstpHeader.TryRead(packet, out var header) != ReadStatus.Complete || header.IsControl) return 0;
        var frame = packet[SstpHeader.Size..header.Length];
        if (!PppFrame.TryRead(frame, out var protocol, out var offset) || protocol != PppProtocol.Ipv4) return 0;
        var ip = frame[offset..];
        if (!_check.Permits(ip)) return 0;
        TcpMss.Clamp(ip, Packets.Mtu);
        return ip.Length;
    }
}
