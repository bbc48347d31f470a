using System.Buffers.Binary;
using DnsProtocol;

namespace SstpGateway.Dns.Messages;

/// <summary>A query as this gateway asks it of a server: its own id, its own OPT,
/// nothing of the client's but the question, DO and CD.</summary>
/// <param name="Name">In wire form, its letters' case perhaps mixed.</param>
/// <param name="WithEdns">False towards a server that does not know OPT; then DO cannot be asked for.</param>
internal sealed record UpstreamQuery(ushort Id, byte[] Name, AnswerKey Key, bool WithEdns)
{
    /// <summary>Enough for any query: header, longest name, type and class, OPT.</summary>
    public const int MaxLength = DnsHeader.Size + DnsName.MaxLength + 4 + Edns.Size;

    /// <summary>Makes a query whose id, and the case of whose letters, are drawn from <paramref name="randomness"/>.</summary>
    /// <param name="randomness">2 bytes for the id, then a bit
    /// for each of the name's bytes: <see cref="RandomBytes"/> in all.</param>
    /// <param name="mixCase">Mix upper and lower case, so that a forger has to guess that,
    /// too ("0x20", draft-vixie-dnsext-dns0x20).</param>
    public static UpstreamQuery Create(AnswerKey key, bool withEdns, bool mixCase, ReadOnlySpan<byte> randomness)
    {
        var name = new byte[key.Name.Length];
        DnsName.Write(key.Name, name);
        for (var i = 0; mixCase && i < name.Length; i++)
        {
            var raise = (randomness[2 + i / 8] >> (i % 8) & 1) != 0;
            if (raise && name[i] is >= (byte)'a' and <= (byte)'z') name[i] = (byte)(name[i] & ~0x20);
        }

        return new UpstreamQuery(BinaryPrimitives.ReadUInt16BigEndian(randomness), name, key, withEdns);
    }

    /// <summary>How much randomness <see cref="Create"/> uses at most.</summary>
    public const int RandomBytes = 2 + (DnsName.MaxLength + 7) / 8;

    /// <summary>Writes the query and gives its length; <paramref name="destination"/> holds <see cref="MaxLength"/>
    /// bytes.</summary>
    public int Write(Span<byte> destination)
    {
        var flags = DnsFlags.RecursionDesired | (Key.CheckingDisabled ? DnsFlags.CheckingDisabled : DnsFlags.None);
        new DnsHeader(Id, flags, 1, 0, 0, (ushort)(WithEdns ? 1 : 0)).Write(destination);
        Name.CopyTo(destination[DnsHeader.Size..]);

        var end = DnsHeader.Size + Name.Length;
        BinaryPrimitives.WriteUInt16BigEndian(destination[end..], Key.Type);
        BinaryPrimitives.WriteUInt16BigEndian(destination[(end + 2)..], DnsQuestion.Internet);
        end += 4;
        if (!WithEdns) return end;

        new Edns(Edns.OwnPayloadSize, 0, 0, Key.DnssecOk).Write(destination[end..]);
        return end + Edns.Size;
    }
}
