using SstpProtocol;
using SstpProtocol.Http;

namespace SstpClient.Probe.Steps;

/// <summary>Step 4: SSTP's HTTP request (MS-SSTP 3.2.4.1) and its answer.</summary>
/// <param name="Status">The answer's status code.</param>
/// <param name="Surplus">What came behind the answer: the beginning of SSTP.</param>
internal sealed record HttpPreamble(int Status, ReadOnlyMemory<byte> Surplus)
{
    // Enough for the longest name (PreambleRequest.Write) with a port.
    private const int RequestSize = 1024;

    /// <exception cref="ProbeException">The answer is no HTTP, or breaks off.</exception>
    public static async Task<HttpPreamble> RunAsync(Stream stream, string authority, CancellationToken timeout)
    {
        var request = new byte[RequestSize];
        await stream.WriteAsync(request.AsMemory(0, PreambleRequest.Write(request, authority, Guid.NewGuid())), timeout);
        await stream.FlushAsync(timeout);

        var buffer = new byte[PreambleResponseReader.MaxLength];
        for (var length = 0; ;)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), timeout);
            length += read;
            switch (PreambleResponseReader.TryRead(buffer.AsSpan(0, length), out var status, out var consumed))
            {
                case ReadStatus.Complete:
                    return new HttpPreamble(status, buffer.AsMemory(consumed, length - consumed));
                case ReadStatus.Malformed:
                    throw new ProbeException("the answer to SSTP's HTTP request is no HTTP; another program has this port");
                case ReadStatus.NeedMoreBytes when read == 0:
                    throw new ProbeException(length == 0
                        ? "the server closed the connection instead of answering SSTP's HTTP request; "
                            + "no SSTP server, or one that refuses this address"
                        : "the server closed the connection in the middle of its HTTP answer");
            }
        }
    }
}
