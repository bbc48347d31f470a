using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using SstpProtocol.Ip;

namespace SstpProtocol.Dhcp;

/// <summary>The value of option 121 and 249: routes as prefix length, significant
/// octets of the network, router (RFC 3442).</summary>
public static class ClasslessRoutes
{
    /// <summary>An option's length is one octet, and clients do not all put split options together again (RFC 3396).</summary>
    public const int MaxLength = 255;

    /// <summary>Codes the IPv4 routes among <paramref name="routes"/>, in order, as many as fit.</summary>
    /// <param name="router">The next hop of every route.</param>
    /// <param name="leftOut">IPv4 routes for which there was no room.</param>
    public static byte[] Encode(IEnumerable<IPNetwork> routes, IPAddress router, out int leftOut)
    {
        Span<byte> value = stackalloc byte[MaxLength];
        Span<byte> octets = stackalloc byte[4];
        var length = 0;
        leftOut = 0;
        foreach (var route in routes)
        {
            if (route.BaseAddress.AddressFamily != AddressFamily.InterNetwork) continue;

            var significant = (route.PrefixLength + 7) / 8;
            if (leftOut > 0 || length + 1 + significant + 4 > MaxLength)
            {
                leftOut++;
                continue;
            }

            value[length++] = (byte)route.PrefixLength;
            BinaryPrimitives.WriteUInt32BigEndian(octets, IpNumber.FromIpv4(route.BaseAddress));
            octets[..significant].CopyTo(value[length..]);
            length += significant;
            BinaryPrimitives.WriteUInt32BigEndian(value[length..], IpNumber.FromIpv4(router));
            length += 4;
        }

        return value[..length].ToArray();
    }

    /// <summary>Takes the next route off the front.</summary>
    /// <param name="network">As a number; bits beyond the prefix are cleared.</param>
    /// <returns>False at the end, and where the rest is not well-formed.</returns>
    public static bool TryTake(ref ReadOnlySpan<byte> value, out uint network, out int prefixLength, out uint router)
    {
        network = 0;
        prefixLength = 0;
        router = 0;
        if (value.IsEmpty || value[0] > 32) return false;

        int prefix = value[0];
        var significant = (prefix + 7) / 8;
        if (value.Length < 1 + significant + 4) return false;

        for (var i = 0; i < significant; i++) network |= (uint)value[1 + i] << (24 - (i * 8));
        network &= prefix == 0 ? 0 : uint.MaxValue << (32 - prefix);
        prefixLength = prefix;
        router = BinaryPrimitives.ReadUInt32BigEndian(value[(1 + significant)..]);
        value = value[(1 + significant + 4)..];
        return true;
    }
}
