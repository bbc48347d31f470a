namespace SstpProtocol.Tests.Ip.Offload;

/// <summary>
/// Packets as they come from the world: mostly in order and of one size, with losses, repeats, swaps, damage and odd flags among
/// them, and now and then any bit of the headers other than before.
/// </summary>
internal sealed class RandomFlow
{
    private readonly Random _random;
    private readonly PacketShape _shape;
    private readonly int _segmentSize;
    private uint _sequence;
    private ushort _identification;
    private byte[]? _previous;
    private byte[]? _heldBack;

    public RandomFlow(Random random)
        : this(random, PacketShape.Random(random, plain: random.Next(5) > 0))
    {
    }

    /// <param name="largestSegment">Most bytes of payload, less 20.</param>
    public RandomFlow(Random random, PacketShape shape, int largestSegment = 1400)
    {
        _random = random;
        _shape = shape;
        _segmentSize = random.Next(8) == 0 ? random.Next(1, 60) : random.Next(60, largestSegment);
        // One in four passes the end of the sequence numbers soon.
        _sequence = random.Next(4) == 0 ? 0u - (uint)random.Next(20_000) : (uint)random.NextInt64();
    }

    /// <summary>Another flow between the same hosts.</summary>
    public RandomFlow Sibling() => new(_random, _shape.Sibling(_random));

    public byte[] Next()
    {
        if (_heldBack is { } late)
        {
            _heldBack = null;
            return late;
        }

        // The very same once more.
        if (_previous is not null && _random.Next(50) == 0) return [.. _previous];

        var packet = Make();
        if (_random.Next(50) == 0) (_heldBack, packet) = (packet, Make());
        return _previous = packet;
    }

    private byte[] Make()
    {
        // Holes, overlaps, old data.
        if (_random.Next(30) == 0) _sequence += (uint)_random.Next(-3000, 3000);
        var payload = new byte[_random.Next(12) == 0 ? _random.Next(_segmentSize + 20) : _segmentSize];
        _random.NextBytes(payload);
        byte flags = 0;
        if (_shape.IsTcp && _random.Next(15) == 0) flags = (byte)(1 << _random.Next(8));
        var packet = _shape.Complete(_sequence, flags, _identification++, payload);
        _sequence += (uint)payload.Length;

        if (_random.Next(60) == 0) _shape.BalanceChecksum(packet);
        if (_random.Next(12) == 0)
        {
            FlipHeaderBit(packet);
            _shape.Seal(packet);
        }

        // Damage on the way: the checksums stay what they were.
        if (_random.Next(60) == 0) packet[_random.Next(packet.Length)] ^= (byte)(1 << _random.Next(8));
        if (!_shape.IsTcp && _random.Next(60) == 0) packet.AsSpan(_shape.Transport + _shape.ChecksumOffset, 2).Clear();
        return packet;
    }

    /// <summary>Any bit but those that say where the headers are.</summary>
    private void FlipHeaderBit(byte[] packet)
    {
        while (true)
        {
            var at = _random.Next(_shape.Headers);
            var bit = 1 << _random.Next(8);
            var inTransport = at - _shape.Transport;
            var isLayout = inTransport >= 0
                ? _shape.IsTcp && inTransport == 12 && bit >= 0x10
                : (at == 0 && (_shape.IsIpv4 || bit >= 0x10)) || (_shape.IsIpv4 ? at == 9 : at is 6 or >= 40);
            if (isLayout) continue;
            packet[at] ^= (byte)bit;
            return;
        }
    }
}
