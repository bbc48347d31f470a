namespace SstpProtocol.Tests.Ip.Offload;

/// <summary>Packets as they come from the world: mostly in order and of one size, with losses, repeats, damage and odd flags among them.</summary>
internal sealed class RandomFlow
{
    private readonly Random _random;
    private readonly PacketShape _shape;
    private readonly int _segmentSize;
    private readonly byte[] _identity;
    private uint _sequence;
    private ushort _identification;

    public RandomFlow(Random random)
    {
        _random = random;
        _shape = PacketShape.Random(random, plain: random.Next(5) > 0);
        _segmentSize = random.Next(8) == 0 ? random.Next(1, 60) : random.Next(60, 1400);
        _sequence = (uint)random.NextInt64();
        _identity = Identity(_shape.Complete(0, 0, 0, [1]));
    }

    public byte[] Next()
    {
        if (_random.Next(30) == 0) _sequence += (uint)_random.Next(-3000, 3000);
        var length = _random.Next(12) == 0 ? _random.Next(_segmentSize + 20) : _segmentSize;
        var payload = new byte[length];
        _random.NextBytes(payload);
        byte flags = 0;
        if (_shape.IsTcp && _random.Next(15) == 0) flags = (byte)(1 << _random.Next(8));
        var packet = _shape.Complete(_sequence, flags, _identification++, payload);
        _sequence += (uint)length;
        if (_random.Next(60) == 0) packet[^1] ^= 0x10;
        if (_random.Next(60) == 0) packet[1] ^= 0x03; // ECN: congestion experienced, or for IPv6 the flow label
        return packet;
    }

    public bool Owns(byte[] packet) => Identity(packet).AsSpan().SequenceEqual(_identity);

    // Random addresses and ports differ between flows; the layout tells IPv4 from IPv6 and options.
    private static byte[] Identity(byte[] packet) => packet[0] >> 4 == 4
        ? [4, .. packet.AsSpan(12, 8)]
        : [6, .. packet.AsSpan(8, 32)];
}
