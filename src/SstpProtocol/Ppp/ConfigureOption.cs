namespace SstpProtocol.Ppp;

/// <summary>One configuration option (RFC 1661 section 6). Borrows the bytes it was read from.</summary>
/// <remarks>   type, 1 byte | length, 1 byte, both included | data</remarks>
public readonly ref struct ConfigureOption
{
    public const int HeaderSize = 2;

    internal ConfigureOption(ReadOnlySpan<byte> whole) => Whole = whole;

    /// <summary>Type, length and data, as received.</summary>
    public ReadOnlySpan<byte> Whole { get; }

    public byte Type => Whole[0];
    public ReadOnlySpan<byte> Data => Whole[HeaderSize..];
}
