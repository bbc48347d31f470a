using SstpProtocol.Ip.Offload;

namespace SstpProtocol.Tests.Ip.Offload;

public sealed class SuperPacketTests
{
    private const byte Finish = 0x01, Push = 0x08, CongestionWindowReduced = 0x80;

    [Fact]
    public void Cuts_random_super_packets_just_as_a_plain_implementation_does()
    {
        var random = new Random(793);
        var cut = 0;
        var wanted = PropertyRuns.Of(gate: 150_000, full: 5_000_000);
        while (cut < wanted)
        {
            var shape = PacketShape.Random(random);
            var segmentSize = random.Next(4) == 0 ? random.Next(1, 40) : random.Next(40, 1500);
            var most = Math.Min(65535 - shape.Headers, segmentSize * random.Next(1, random.Next(2, 50)));
            var payload = new byte[Math.Max(1, most - (random.Next(3) == 0 ? 0 : random.Next(segmentSize)))];
            random.NextBytes(payload);
            // One in four passes the end of the sequence numbers, or comes near it.
            var sequence = random.Next(4) == 0 ? 0u - (uint)random.Next(70_000) : (uint)random.NextInt64();
            var identification = (ushort)random.Next(0x10000);
            var flags = (byte)(shape.IsTcp
                ? random.Next(8) switch { 0 => Finish | Push, 1 or 2 => Push, 3 => CongestionWindowReduced, _ => 0 }
                : 0);
            if (random.Next(8) == 0)
                MakeASumZero(
                    shape, sequence, flags, identification,
                    payload.AsSpan(0, Math.Min(segmentSize, payload.Length)), payload.Length);
            var offload = new OffloadHeader(
                shape.Kind, true, random.Next(100), segmentSize, shape.Transport, shape.ChecksumOffset);
            var packet = shape.Partial(sequence, flags, identification, payload);

            Assert.True(SuperPacket.TryRead(offload, packet, out var super));

            var total = 0;
            for (var i = 0; i < super.Count; i++)
            {
                var isLast = (i + 1) * segmentSize >= payload.Length;
                Assert.Equal(isLast, i == super.Count - 1);
                var piece = payload.AsSpan((i * segmentSize)..Math.Min(payload.Length, (i + 1) * segmentSize));
                var own = (byte)(flags & ~(isLast ? 0 : Finish | Push) & ~(i == 0 ? 0 : CongestionWindowReduced));
                var expected = shape.Complete(sequence + (uint)(i * segmentSize), own, (ushort)(identification + i), piece);

                var actual = new byte[super.LengthOf(i)];
                super.Write(i, actual);
                Assert.Equal(expected, actual);
                Assert.True(actual.Length <= super.MaxLength);
                total += actual.Length;
            }

            Assert.Equal(total, super.TotalLength);
            cut += super.Count;
        }
    }

    [Fact]
    public void Completes_the_checksum_of_a_packet_that_needs_no_cutting()
    {
        var random = new Random(1071);
        for (var i = 0; i < PropertyRuns.Of(20_000, 1_000_000); i++)
        {
            var shape = PacketShape.Random(random);
            var payload = new byte[random.Next(1400)];
            random.NextBytes(payload);
            if (random.Next(8) == 0) MakeASumZero(shape, 1, 0, 2, payload, payload.Length);
            var packet = shape.Partial(1, 0, 2, payload);

            Assert.True(SuperPacket.TryRead(
                new OffloadHeader(SegmentationKind.None, true, 0, 0, shape.Transport, shape.ChecksumOffset),
                packet, out var super));

            var actual = new byte[super.LengthOf(0)];
            super.Write(0, actual);
            var expected = shape.Complete(1, 0, 2, payload);
            // Zero and all ones are the same checksum; the kernel writes the latter for both protocols.
            if (shape.IsTcp && expected[shape.Transport + 16] == 0 && expected[shape.Transport + 17] == 0) continue;
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void Passes_a_packet_on_that_is_complete_already()
    {
        byte[] packet = [0x45, 1, 2, 3];
        Assert.True(SuperPacket.TryRead(default, packet, out var super));
        Assert.Equal((1, 4, 4, 4), (super.Count, super.LengthOf(0), super.MaxLength, super.TotalLength));
        var actual = new byte[4];
        super.Write(0, actual);
        Assert.Equal(packet, actual);
    }

    [Fact]
    public void Refuses_what_does_not_fit_together_and_never_leaves_the_packet()
    {
        var random = new Random(1122);
        var refused = 0;
        for (var i = 0; i < PropertyRuns.Of(50_000, 2_000_000); i++)
        {
            var shape = PacketShape.Random(random);
            var packet = shape.Partial(1, 0, 2, new byte[random.Next(200)]);
            if (random.Next(2) == 0) packet = packet[..random.Next(1, packet.Length)];
            for (var damage = random.Next(4); damage > 0; damage--) packet[random.Next(packet.Length)] = (byte)random.Next(256);
            var kind = (SegmentationKind)random.Next(8);
            var offload = new OffloadHeader(
                kind, random.Next(4) > 0, random.Next(200), random.Next(100), random.Next(100), random.Next(100));
            if (random.Next(2) == 0)
                offload = offload with { ChecksumStart = shape.Transport, ChecksumOffset = shape.ChecksumOffset };

            if (!SuperPacket.TryRead(offload, packet, out var super))
            {
                refused++;
                continue;
            }

            for (var piece = 0; piece < super.Count; piece++) super.Write(piece, new byte[super.LengthOf(piece)]);
        }

        Assert.True(refused > 0);
    }

    [Fact]
    public void Refuses_a_checksum_that_begins_elsewhere_than_the_transport_header()
    {
        var random = new Random(1123);
        for (var i = 0; i < 200; i++)
        {
            var shape = PacketShape.Random(random, plain: true);
            var packet = shape.Partial(1, 0, 2, new byte[3000]);
            var offload = new OffloadHeader(shape.Kind, true, 0, 1400, shape.Transport, shape.ChecksumOffset);
            Assert.True(SuperPacket.TryRead(offload, packet, out _));
            foreach (var elsewhere in (int[])[0, shape.Transport - 1, shape.Transport + 1, shape.Headers])
                Assert.False(SuperPacket.TryRead(offload with { ChecksumStart = elsewhere }, packet, out _));
        }
    }

    [Fact]
    public void Allocates_nothing()
    {
        var packet = PacketShape.Random(new Random(4), plain: true);
        var super = packet.Partial(1, 0, 2, new byte[40_000]);
        var offload = new OffloadHeader(packet.Kind, true, 0, 1400, packet.Transport, packet.ChecksumOffset);
        var destination = new byte[2000];
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => CutAndCount(offload, super, destination)));
    }

    /// <summary>Changes a first piece so that its checksum is zero, which UDP writes as all ones.</summary>
    private static void MakeASumZero(
        PacketShape shape, uint sequence, byte flags, ushort identification, Span<byte> piece, int payload)
    {
        var own = (byte)(flags & ~(piece.Length < payload ? Finish | Push : 0));
        var complete = shape.Complete(sequence, own, identification, piece);
        shape.BalanceChecksum(complete);
        complete.AsSpan(shape.Headers).CopyTo(piece);
    }

    private static long CutAndCount(in OffloadHeader offload, byte[] packet, byte[] destination)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 50; round++)
        {
            SuperPacket.TryRead(offload, packet, out var super);
            for (var i = 0; i < super.Count; i++) super.Write(i, destination);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
