using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Operator.Dns.Routers;

/// <summary>PCP (RFC 6887): the MAP request for TCP, and its answer; the outside address comes with it.</summary>
public static class PcpMessages
{
    public const int Size = 60;

    private const byte Version = 2;
    private const byte Map = 1;
    private const byte Tcp = 6;
    private const byte ResponseBit = 0x80;

    /// <param name="client">The address that the request comes from (section 7.1).</param>
    /// <param name="nonce">12 bytes; the same for renewals (section 11.2).</param>
    public static byte[] MapRequest(MappingRequest request, IPAddress client, ReadOnlySpan<byte> nonce)
    {
        var message = new byte[Size];
        message[0] = Version;
        message[1] = Map;
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(4), (uint)request.Lifetime.TotalSeconds);
        client.MapToIPv6().GetAddressBytes().CopyTo(message, 8);
        nonce.CopyTo(message.AsSpan(24));
        message[36] = Tcp;
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(40), (ushort)request.InternalPort);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(42), (ushort)request.ExternalPort);
        IPAddress.Any.MapToIPv6().GetAddressBytes().CopyTo(message, 44);    // no wish for an outside address
        return message;
    }

    public static bool TryReadMapping(
        ReadOnlySpan<byte> answer, ReadOnlySpan<byte> nonce, [NotNullWhen(true)] out IPAddress? external,
        [NotNullWhen(true)] out RouterMapping? mapping, out string? refusal)
    {
        (external, mapping, refusal) = (null, null, null);
        if (answer.Length < 24 || answer[0] != Version || answer[1] != (ResponseBit | Map)) return false;

        refusal = answer[3] switch
        {
            0 => null,
            1 => "it does not speak this version",
            2 => "it does not allow this (switch PCP on, or allow this host)",
            7 => "its network is down",
            8 => "it has no room for another mapping",
            11 => "it cannot give this port",
            12 => "the request did not come from the address it names: there is a NAT between",
            var code => $"result {code}",
        };
        if (refusal is not null || answer.Length < Size || !answer.Slice(24, 12).SequenceEqual(nonce)) return false;

        var address = new IPAddress(answer.Slice(44, 16));
        external = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        mapping = new RouterMapping(
            BinaryPrimitives.ReadUInt16BigEndian(answer[42..]),
            TimeSpan.FromSeconds(BinaryPrimitives.ReadUInt32BigEndian(answer[4..])));
        return true;
    }
}
