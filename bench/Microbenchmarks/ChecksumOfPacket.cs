using SstpProtocol.Ip;

namespace Bench.Microbenchmarks;

internal sealed record ChecksumOfPacket() : Microbenchmark("internet checksum of 1400 bytes", 0)
{
    private readonly byte[] _packet = Packets.FromClient(Packets.Mtu);

    /// <summary>Against the definition of RFC 1071, a word at a time.</summary>
    public override bool IsRight()
    {
        uint sum = 0;
        for (var i = 0; i < _packet.Length; i += 2)
        {
            sum += (uint)((_packet[i] << 8) | _packet[i + 1]);
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return InternetChecksum.Of(_packet) == (ushort)~sum;
    }

    public override void Repeat(int times)
    {
        for (var i = 0; i < times; i++) InternetChecksum.Of(_packet);
    }
}
