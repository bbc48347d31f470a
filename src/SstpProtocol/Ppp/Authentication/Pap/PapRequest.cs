namespace SstpProtocol.Ppp.Authentication.Pap;

/// <summary>The data of an Authenticate-Request (RFC 1334 2.2.1).</summary>
/// <remarks>
///   byte 0             n octets    1 octet           m octets
///   peer-ID length n | peer-ID   | password length | password
/// </remarks>
public readonly ref struct PapRequest
{
    private PapRequest(ReadOnlySpan<byte> peerId, ReadOnlySpan<byte> password)
    {
        PeerId = peerId;
        Password = password;
    }

    public ReadOnlySpan<byte> PeerId { get; }
    public ReadOnlySpan<byte> Password { get; }

    public static bool TryRead(ReadOnlySpan<byte> data, out PapRequest request)
    {
        request = default;
        if (data.IsEmpty || data.Length < 1 + data[0] + 1) return false;

        var peerId = data.Slice(1, data[0]);
        var rest = data[(1 + peerId.Length)..];
        if (rest.Length < 1 + rest[0]) return false;

        request = new PapRequest(peerId, rest.Slice(1, rest[0]));
        return true;
    }

    /// <exception cref="ArgumentException">Either is longer than 255 octets.</exception>
    public static byte[] Create(ReadOnlySpan<byte> peerId, ReadOnlySpan<byte> password)
    {
        if (peerId.Length > byte.MaxValue) throw new ArgumentException("PAP carries names of at most 255 octets", nameof(peerId));
        if (password.Length > byte.MaxValue)
            throw new ArgumentException("PAP carries passwords of at most 255 octets", nameof(password));

        return [(byte)peerId.Length, .. peerId, (byte)password.Length, .. password];
    }
}
