using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Interop.Tests.Eap;

/// <summary>Writes the answer to an Access-Request (RFC 2865 section 3, RFC 2869 section 5).</summary>
public static class RadiusAnswer
{
    private const int HeaderSize = 20;
    private const int LongestValue = 253;
    private const int ProofSize = 16;

    /// <summary>An EAP packet, cut into as many attributes as it needs.</summary>
    public static IEnumerable<RadiusAttribute> EapMessage(ReadOnlyMemory<byte> packet) =>
        packet.ToArray().Chunk(LongestValue).Select(piece => new RadiusAttribute(RadiusAttributeType.EapMessage, piece));

    public static byte[] Write(RadiusCode code, RadiusRequest request, string secret, IEnumerable<RadiusAttribute> attributes)
    {
        var key = Encoding.UTF8.GetBytes(secret);
        // The Message-Authenticator goes first, as is wise since CVE-2024-3596.
        List<byte> body = [(byte)RadiusAttributeType.MessageAuthenticator, 2 + ProofSize, .. new byte[ProofSize]];
        foreach (var attribute in attributes)
            body.AddRange([(byte)attribute.Type, (byte)(2 + attribute.Value.Length), .. attribute.Value]);

        byte[] packet = [(byte)code, request.Identifier, 0, 0, .. request.Authenticator, .. body];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        HMACMD5.HashData(key, packet).CopyTo(packet.AsSpan(HeaderSize + 2));
        // Response Authenticator: over the packet with the request's in its place, then the secret.
        MD5.HashData([.. packet, .. key]).CopyTo(packet.AsSpan(4));
        return packet;
    }
}
