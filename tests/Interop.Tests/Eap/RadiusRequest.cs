using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Interop.Tests.Eap;

/// <summary>An Access-Request whose Message-Authenticator fits (RFC 2865 section 3, RFC 2869 5.14).</summary>
/// <param name="Authenticator">16 octets that salt the answer.</param>
public sealed record RadiusRequest(byte Identifier, byte[] Authenticator, IReadOnlyList<RadiusAttribute> Attributes)
{
    private const int HeaderSize = 20;

    /// <summary>The EAP packet, put together from its pieces (RFC 2869 5.13).</summary>
    public byte[] EapMessage =>
        [.. Attributes.Where(attribute => attribute.Type == RadiusAttributeType.EapMessage)
            .SelectMany(attribute => attribute.Value)];

    /// <summary>What ties it to an exchange that has begun; null for a new one.</summary>
    public string? State =>
        Attributes.Where(attribute => attribute.Type == RadiusAttributeType.State)
            .Select(attribute => Convert.ToHexString(attribute.Value)).FirstOrDefault();

    /// <exception cref="InvalidDataException">It is no Access-Request with EAP,
    /// or comes from someone with another secret.</exception>
    public static RadiusRequest Read(ReadOnlySpan<byte> packet, string secret)
    {
        if (packet.Length < HeaderSize || packet[0] != (byte)RadiusCode.AccessRequest
            || BinaryPrimitives.ReadUInt16BigEndian(packet[2..]) != packet.Length)
            throw new InvalidDataException("not a whole Access-Request");

        var attributes = new List<RadiusAttribute>();
        var withoutProof = packet.ToArray();
        byte[]? proof = null;
        for (var offset = HeaderSize; offset < packet.Length;)
        {
            if (offset + 2 > packet.Length || packet[offset + 1] < 2 || offset + packet[offset + 1] > packet.Length)
                throw new InvalidDataException($"attribute at {offset} does not fit the packet");

            var type = (RadiusAttributeType)packet[offset];
            var value = packet[(offset + 2)..(offset + packet[offset + 1])];
            attributes.Add(new RadiusAttribute(type, value.ToArray()));
            if (type == RadiusAttributeType.MessageAuthenticator)
            {
                proof = value.ToArray();
                withoutProof.AsSpan(offset + 2, value.Length).Clear();
            }

            offset += packet[offset + 1];
        }

        if (proof is null || !HMACMD5.HashData(Encoding.UTF8.GetBytes(secret), withoutProof).AsSpan().SequenceEqual(proof))
            throw new InvalidDataException("the Message-Authenticator does not fit");

        return new RadiusRequest(packet[1], packet[4..HeaderSize].ToArray(), attributes);
    }
}
