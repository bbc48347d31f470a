namespace SstpProtocol.Ppp.Authentication.MsChap;

/// <summary>The data of an MS-CHAPv2 Response (RFC 2759 4), the same in CHAP and inside EAP.</summary>
/// <remarks>
///   byte 0     16 octets        8, zero    24            1, zero   the rest
///   size 49  | peer challenge | reserved | NT-Response | flags   | name
/// </remarks>
public readonly ref struct MsChapV2Response
{
    public const int ValueSize = 49;

    private const int NtResponseOffset = 1 + MsChapV2.ChallengeSize + 8;

    private MsChapV2Response(ReadOnlySpan<byte> data)
    {
        PeerChallenge = data.Slice(1, MsChapV2.ChallengeSize);
        NtResponse = data.Slice(NtResponseOffset, MsChapV2.NtResponseSize);
        Name = data[(1 + ValueSize)..];
    }

    public ReadOnlySpan<byte> PeerChallenge { get; }
    public ReadOnlySpan<byte> NtResponse { get; }
    public ReadOnlySpan<byte> Name { get; }

    /// <returns>False for another value size or a name longer than <see cref="PeerEncoding.MaxNameLength"/>.
    /// Reserved and flags are ignored.</returns>
    public static bool TryRead(ReadOnlySpan<byte> data, out MsChapV2Response response)
    {
        response = default;
        if (data.Length < 1 + ValueSize || data[0] != ValueSize) return false;
        if (data.Length > 1 + ValueSize + PeerEncoding.MaxNameLength) return false;

        response = new MsChapV2Response(data);
        return true;
    }

    public static byte[] Create(ReadOnlySpan<byte> peerChallenge, ReadOnlySpan<byte> ntResponse, ReadOnlySpan<byte> name)
    {
        var data = new byte[1 + ValueSize + name.Length];
        data[0] = ValueSize;
        peerChallenge.CopyTo(data.AsSpan(1));
        ntResponse.CopyTo(data.AsSpan(NtResponseOffset));
        name.CopyTo(data.AsSpan(1 + ValueSize));
        return data;
    }

    internal Credentials.MsChapV2 ToCredentials(byte identifier, ReadOnlyMemory<byte> authenticatorChallenge, bool insideEap) =>
        new(
            PeerEncoding.Decode(Name), identifier, authenticatorChallenge,
            PeerChallenge.ToArray(), NtResponse.ToArray(), insideEap)
        {
            NameOctets = Name.ToArray(),
        };
}
