using System.Buffers;

namespace LocalControlPlane.Serving;

/// <summary>Writes a body a piece at a time, each when the client has taken those before it: of what a client does not read one
/// piece is held, however long the whole is, and a thousand such clients hold a thousand pieces.</summary>
/// <remarks>Kestrel copies what it is given at once as a whole, and makes the next write wait.</remarks>
internal sealed class PieceWriter(Stream body, CancellationToken gone) : IDisposable
{
    /// <summary>Bytes; what is shorter together goes out together.</summary>
    private const int Length = 32 * 1024;

    private readonly byte[] _piece = ArrayPool<byte>.Shared.Rent(Length);
    private int _filled;

    /// <param name="bytes">Not to be changed before <see cref="FlushAsync"/>.</param>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var taken = Math.Min(bytes.Length, Length - _filled);
            bytes[..taken].CopyTo(_piece.AsMemory(_filled));
            _filled += taken;
            bytes = bytes[taken..];
            if (_filled == Length) await FlushAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Hands over what is left.</summary>
    public async ValueTask FlushAsync()
    {
        if (_filled == 0) return;
        await body.WriteAsync(_piece.AsMemory(0, _filled), gone).ConfigureAwait(false);
        _filled = 0;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_piece);
}
