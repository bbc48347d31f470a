using System.Buffers.Binary;
using SstpProtocol.Ip;

namespace Bench.Microbenchmarks;

/// <summary>A SYN whose MSS is lowered; the announced value is put back each time.</summary>
internal sealed record MssClamp() : Microbenchmark("MSS of a SYN lowered", 0)
{
    private const int MssOffset = 42;
    private readonly byte[] _syn = Packets.Syn();

    public override bool IsRight() =>
        Run() && BinaryPrimitives.ReadUInt16BigEndian(_syn.AsSpan(MssOffset)) == Packets.Mtu - TcpMss.Overhead4;

    public override void Repeat(int times)
    {
        for (var i = 0; i < times; i++) Run();
    }

    private bool Run()
    {
        BinaryPrimitives.WriteUInt16BigEndian(_syn.AsSpan(MssOffset), 1460);
        return TcpMss.Clamp(_syn, Packets.Mtu);
    }
}
