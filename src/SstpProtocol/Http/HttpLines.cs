namespace SstpProtocol.Http;

/// <summary>
/// Cuts an HTTP message into lines. A lone line feed ends a line too, as RFC 9112 2.2 allows and common web servers do.
/// </summary>
internal ref struct HttpLines(ReadOnlySpan<byte> source)
{
    private ReadOnlySpan<byte> _remaining = source;

    /// <summary>Bytes not yet cut.</summary>
    public readonly int RemainingLength => _remaining.Length;

    /// <param name="line">Without its line end; what is left of the source when there is none.</param>
    /// <returns>False when no line end follows.</returns>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var lineFeed = _remaining.IndexOf((byte)'\n');
        if (lineFeed < 0)
        {
            line = _remaining;
            return false;
        }

        line = _remaining[..lineFeed];
        if (line.EndsWith("\r"u8)) line = line[..^1];
        _remaining = _remaining[(lineFeed + 1)..];
        return true;
    }
}
