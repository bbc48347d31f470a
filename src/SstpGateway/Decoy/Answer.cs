using System.Globalization;
using System.Text;

namespace SstpGateway.Decoy;

/// <summary>The answer to one request on its way to the visitor.</summary>
/// <param name="request">Null when the request could not be read.</param>
/// <param name="server">The Server field; empty for none.</param>
/// <param name="mayKeepAlive">Whether the connection may go on after it.</param>
internal sealed class Answer(Stream stream, RequestHead? request, string server, bool mayKeepAlive, TimeProvider clock)
{
    private static readonly byte[] LastChunk = "0\r\n\r\n"u8.ToArray();
    private static readonly byte[] LineEnd = "\r\n"u8.ToArray();
    private bool _isChunked;

    /// <summary>Whether the visitor was told that the connection goes on.</summary>
    public bool KeepsAlive { get; private set; } = mayKeepAlive;

    /// <summary>Three digits; 0 while nothing has been sent.</summary>
    public int Status { get; private set; }

    /// <summary>Sends a page of the server's own making.</summary>
    /// <param name="status">Code and reason.</param>
    /// <param name="explanation">See <see cref="ErrorPage.Write"/>.</param>
    public ValueTask SendPageAsync(string status, CancellationToken stopping, string? explanation = null) =>
        SendPageAsync(new ResponseHead(status), explanation, stopping);

    /// <param name="head">Without type and length, which are the page's.</param>
    public ValueTask SendPageAsync(ResponseHead head, string? explanation, CancellationToken stopping)
    {
        var page = ErrorPage.Write(head.Status, explanation, server, request?.Field("User-Agent"));

        // The errors after which nginx does not trust the connection any more (400, 413, 414, 500, 501),
        // and those found while reading a head.
        if (request is null || head.Code is 400 or 413 or 414 or 500 or 501) KeepsAlive = false;
        return SendAsync(head with { ContentType = ErrorPage.ContentType, ContentLength = page.Length }, page, stopping);
    }

    /// <summary>Sends head and body in one write.</summary>
    public async ValueTask SendAsync(ResponseHead head, ReadOnlyMemory<byte> body, CancellationToken stopping)
    {
        var start = Start(head);
        var content = request?.IsHead == true ? default : body;
        var whole = new byte[start.Length + content.Length];
        start.CopyTo(whole, 0);
        content.CopyTo(whole.AsMemory(start.Length));
        await WriteToVisitorAsync(whole, stopping).ConfigureAwait(false);
    }

    /// <summary>Sends the head; the body follows in parts. A length that is not known becomes chunks,
    /// or for HTTP/1.0 the end of the connection.</summary>
    /// <param name="hasBody">False where the status or the method has none.</param>
    public ValueTask BeginAsync(ResponseHead head, bool hasBody, CancellationToken stopping)
    {
        _isChunked = hasBody && head.ContentLength is null && request is { Minor: >= 1 };
        if (hasBody && head.ContentLength is null && !_isChunked) KeepsAlive = false;
        return WriteToVisitorAsync(Start(head with { IsChunked = _isChunked }), stopping);
    }

    /// <param name="part">Not empty.</param>
    public async ValueTask ContinueAsync(ReadOnlyMemory<byte> part, CancellationToken stopping)
    {
        if (!_isChunked)
        {
            await WriteToVisitorAsync(part, stopping).ConfigureAwait(false);
            return;
        }

        // One write a chunk: a TLS record for the size line alone would show.
        var size = Encoding.ASCII.GetBytes(part.Length.ToString("x", CultureInfo.InvariantCulture));
        var chunk = new byte[size.Length + LineEnd.Length + part.Length + LineEnd.Length];
        size.CopyTo(chunk, 0);
        LineEnd.CopyTo(chunk, size.Length);
        part.CopyTo(chunk.AsMemory(size.Length + LineEnd.Length));
        LineEnd.CopyTo(chunk, chunk.Length - LineEnd.Length);
        await WriteToVisitorAsync(chunk, stopping).ConfigureAwait(false);
    }

    public ValueTask EndAsync(CancellationToken stopping) =>
        _isChunked ? WriteToVisitorAsync(LastChunk, stopping) : ValueTask.CompletedTask;

    private byte[] Start(ResponseHead head)
    {
        Status = head.Code;
        return request is { Minor: < 0 } ? [] : head.Write(server, clock.GetUtcNow(), KeepsAlive);
    }

    private async ValueTask WriteToVisitorAsync(ReadOnlyMemory<byte> bytes, CancellationToken stopping)
    {
        using var late = new CancellationTokenSource(DecoyLimits.WriteTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stopping);
        try
        {
            await stream.WriteAsync(bytes, either.Token).ConfigureAwait(false);
            await stream.FlushAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            throw new IOException("The visitor does not take the answer.");
        }
    }
}
