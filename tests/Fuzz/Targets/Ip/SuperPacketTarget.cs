using Fuzz.Engine;
using SstpProtocol.Ip.Offload;

namespace Fuzz.Targets.Ip;

/// <summary>What a tunnel device hands over: struct virtio_net_hdr, then a packet.</summary>
internal sealed class SuperPacketTarget : FuzzTarget
{
    private readonly byte[] _packet = new byte[2048];
    private readonly byte[] _piece = new byte[2048];

    public override string Name => "super-packet";

    public override IReadOnlyList<Type> Readers => [typeof(OffloadHeader), typeof(SuperPacket)];

    public override AllocationPromise Allocation => AllocationPromise.Nothing;

    public override int MaxLength => 1024;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < OffloadHeader.Size) return false;
        var offload = OffloadHeader.Read(input);
        Span<byte> written = stackalloc byte[OffloadHeader.Size];
        offload.Write(written);
        Oracle.Holds(OffloadHeader.Read(written) == offload, "a header does not survive being written");

        var packet = _packet.AsSpan(0, input.Length - OffloadHeader.Size);
        input[OffloadHeader.Size..].CopyTo(packet);
        if (!SuperPacket.TryRead(offload, packet, out var super)) return false;

        var total = 0;
        for (var i = 0; i < super.Count; i++)
        {
            Oracle.Holds(super.LengthOf(i) <= super.MaxLength, "a piece is longer than the longest");
            super.Write(i, _piece.AsSpan(0, super.LengthOf(i)));
            total += super.LengthOf(i);
        }

        Oracle.Holds(total == super.TotalLength, "the pieces are not as long as the whole says");
        return true;
    }
}
