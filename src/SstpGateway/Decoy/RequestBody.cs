using System.Globalization;

namespace SstpGateway.Decoy;

/// <summary>The body of one request, without its framing.</summary>
internal sealed class RequestBody(DecoyInput input, RequestHead head)
{
    // A chunk's size in sixteen digits would already be beyond every limit; extensions (RFC 9112 section 7.1.1) are passed over.
    private const int MaxChunkLineLength = 4096;

    private long _left = head.Framing == BodyFraming.Length ? head.ContentLength : 0;
    private bool _inChunk;

    /// <summary>Nothing of it is left: the next byte belongs to the next request.</summary>
    public bool IsAtEnd { get; private set; } = head.Framing == BodyFraming.None;

    /// <summary>Null when it comes in chunks.</summary>
    public long? Length => head.Framing == BodyFraming.Chunked ? null : head.ContentLength;

    /// <returns>0 at the end.</returns>
    /// <exception cref="IOException">The visitor broke off, took too long or broke the framing.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken stopping)
    {
        if (!IsAtEnd && _left == 0) await NextChunkAsync(stopping).ConfigureAwait(false);
        if (IsAtEnd) return 0;

        var count = await input.ReadAsync(destination[..(int)Math.Min(destination.Length, _left)], stopping)
            .ConfigureAwait(false);
        if (count == 0) throw Broken();
        _left -= count;
        IsAtEnd = _left == 0 && head.Framing == BodyFraming.Length;
        return count;
    }

    /// <summary>Reads what nobody wanted.</summary>
    /// <returns>False when there is more of it than <paramref name="most"/> bytes.</returns>
    /// <exception cref="IOException">As <see cref="ReadAsync"/>.</exception>
    public async ValueTask<bool> TryDiscardAsync(long most, CancellationToken stopping)
    {
        var scrap = IsAtEnd ? Memory<byte>.Empty : new byte[4096];
        while (!IsAtEnd)
        {
            if (most <= 0) return false;
            most -= await ReadAsync(scrap, stopping).ConfigureAwait(false);
        }
        return true;
    }

    private async ValueTask NextChunkAsync(CancellationToken stopping)
    {
        if (_inChunk && await LineAsync(stopping).ConfigureAwait(false) is not "") throw Broken();

        var line = await LineAsync(stopping).ConfigureAwait(false);
        var size = line.AsSpan();
        if (size.IndexOf(';') is var extension and >= 0) size = size[..extension];
        if (!long.TryParse(size.Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _left) || _left < 0)
            throw Broken();

        _inChunk = true;
        if (_left > 0) return;
        while (await LineAsync(stopping).ConfigureAwait(false) is not "")
        {
            // Trailer fields (RFC 9112 section 7.1.2): nobody here has a use for them.
        }
        IsAtEnd = true;
    }

    private async ValueTask<string> LineAsync(CancellationToken stopping) =>
        await input.ReadLineAsync(MaxChunkLineLength, stopping).ConfigureAwait(false) ?? throw Broken();

    private static IOException Broken() => new("The visitor's request body ended early or broke its framing.");
}
