using System.Buffers.Binary;

namespace SstpGateway.Tests.Forwarding;

/// <summary>Fields of an IPv4 packet without options, at their plain offsets.</summary>
internal readonly record struct SeenPacket(byte[] Bytes)
{
    public uint Source => BinaryPrimitives.ReadUInt32BigEndian(Bytes.AsSpan(12));

    public uint Destination => BinaryPrimitives.ReadUInt32BigEndian(Bytes.AsSpan(16));

    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(20));

    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(22));

    /// <summary>Type and code.</summary>
    public (int Type, int Code) Icmp => (Bytes[20], Bytes[21]);

    /// <summary>The source port of the datagram that an ICMP error is about.</summary>
    public ushort QuotedSourcePort => BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(20 + 8 + 20));
}
