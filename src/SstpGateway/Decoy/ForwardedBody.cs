using System.Net;

namespace SstpGateway.Decoy;

/// <summary>A visitor's body on its way to the back end, part by part as it comes.</summary>
internal sealed class ForwardedBody(RequestBody body, CancellationToken stopping) : HttpContent
{
    private const int BufferLength = 16 * 1024;

    /// <summary>The visitor broke off, so that what the back end makes of it is nobody's concern any more.</summary>
    public bool IsVisitorGone { get; private set; }

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferLength];
        while (true)
        {
            int count;
            try
            {
                count = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException)
            {
                IsVisitorGone = true;
                throw;
            }
            if (count == 0) return;
            await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, stopping);

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length ?? 0;
        return body.Length is not null;
    }
}
