using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Operator.Dns.Routers;

/// <summary>NAT-PMP (RFC 6886): requests of 2 and 12 bytes, answers of 12 and 16.</summary>
public static class NatPmpMessages
{
    public const int Port = 5351;

    private const byte AddressOpcode = 0;
    private const byte TcpOpcode = 2;
    private const byte ResponseBit = 0x80;

    /// <summary>Section 3.2.</summary>
    public static byte[] AddressRequest() => [0, AddressOpcode];

    /// <summary>Section 3.3.</summary>
    public static byte[] MapRequest(MappingRequest request)
    {
        var message = new byte[12];
        message[1] = TcpOpcode;
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(4), (ushort)request.InternalPort);
        // section 3.4
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(6), (ushort)(request.IsRemoval ? 0 : request.ExternalPort));
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(8), (uint)request.Lifetime.TotalSeconds);
        return message;
    }

    /// <summary>Reads an answer to <see cref="AddressRequest"/>.</summary>
    /// <param name="refusal">Why not, when the router says so.</param>
    public static bool TryReadAddress(ReadOnlySpan<byte> answer, [NotNullWhen(true)] out IPAddress? address, out string? refusal)
    {
        address = null;
        if (!TryReadResult(answer, AddressOpcode, out refusal) || answer.Length < 12) return false;
        address = new IPAddress(answer.Slice(8, 4));
        return true;
    }

    /// <summary>Reads an answer to <see cref="MapRequest"/>.</summary>
    public static bool TryReadMapping(
        ReadOnlySpan<byte> answer, [NotNullWhen(true)] out RouterMapping? mapping, out string? refusal)
    {
        mapping = null;
        if (!TryReadResult(answer, TcpOpcode, out refusal) || answer.Length < 16) return false;
        mapping = new RouterMapping(
            BinaryPrimitives.ReadUInt16BigEndian(answer[10..]),
            TimeSpan.FromSeconds(BinaryPrimitives.ReadUInt32BigEndian(answer[12..])));
        return true;
    }

    // Version 0, opcode with the top bit, result code (section 3.5).
    private static bool TryReadResult(ReadOnlySpan<byte> answer, byte opcode, out string? refusal)
    {
        refusal = null;
        if (answer.Length < 8 || answer[0] != 0 || answer[1] != (ResponseBit | opcode)) return false;

        refusal = BinaryPrimitives.ReadUInt16BigEndian(answer[2..]) switch
        {
            0 => null,
            1 => "it does not speak this version",
            2 => "it does not allow this (switch NAT-PMP on, or allow this host)",
            3 => "it has no outside address itself",
            4 => "it has no room for another mapping",
            var code => $"result {code}",
        };
        return refusal is null;
    }
}
