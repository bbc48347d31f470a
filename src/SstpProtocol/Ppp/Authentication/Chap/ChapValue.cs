namespace SstpProtocol.Ppp.Authentication.Chap;

/// <summary>The data of a Challenge or Response (RFC 1994 4.1).</summary>
/// <remarks>
///   byte 0    n octets   the rest
///   size n  | value    | name
/// </remarks>
public readonly ref struct ChapValue
{
    private ChapValue(ReadOnlySpan<byte> value, ReadOnlySpan<byte> name)
    {
        Value = value;
        Name = name;
    }

    public ReadOnlySpan<byte> Value { get; }
    public ReadOnlySpan<byte> Name { get; }

    /// <returns>False for an empty or overlong value, or a name longer than <see cref="PeerEncoding.MaxNameLength"/>.</returns>
    public static bool TryRead(ReadOnlySpan<byte> data, out ChapValue value)
    {
        value = default;
        if (data.IsEmpty || data[0] == 0 || data.Length - 1 < data[0]) return false;

        var name = data[(1 + data[0])..];
        if (name.Length > PeerEncoding.MaxNameLength) return false;

        value = new ChapValue(data.Slice(1, data[0]), name);
        return true;
    }

    /// <param name="value">1 to 255 octets.</param>
    public static byte[] Create(ReadOnlySpan<byte> value, ReadOnlySpan<byte> name) =>
        [checked((byte)value.Length), .. value, .. name];
}
