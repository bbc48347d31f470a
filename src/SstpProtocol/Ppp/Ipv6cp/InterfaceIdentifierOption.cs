using System.Buffers.Binary;

namespace SstpProtocol.Ppp.Ipv6cp;

/// <summary>IPv6CP's one option that is understood (RFC 5072 4.1): the low 64 bits of a link-local address.</summary>
internal static class InterfaceIdentifierOption
{
    public const byte Type = 1;

    public static bool TryRead(ConfigureOption option, out ulong identifier)
    {
        identifier = 0;
        return option.Type == Type && BinaryPrimitives.TryReadUInt64BigEndian(option.Data, out identifier)
            && option.Data.Length == sizeof(ulong);
    }
}
