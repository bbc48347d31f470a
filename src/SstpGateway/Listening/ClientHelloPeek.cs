using SstpProtocol;
using SstpProtocol.Tls;

namespace SstpGateway.Listening;

/// <summary>Reads a connection's first bytes up to the end of the ClientHello, before TLS starts,
/// so that its names can decide what happens.</summary>
internal static class ClientHelloPeek
{
    /// <returns>The hello, or null when the peer does not speak TLS; and what was read, which TLS must see again.</returns>
    public static async ValueTask<(ClientHello? Hello, ReadOnlyMemory<byte> Received)> ReadAsync(
        Stream stream, CancellationToken stopping)
    {
        // One record of a common hello is 250 to 700 bytes; post-quantum key shares take it to 1.8 KiB.
        var buffer = new byte[2048];
        var filled = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(filled), stopping).ConfigureAwait(false);
            if (read == 0) return (null, buffer.AsMemory(0, filled));
            filled += read;
            switch (ClientHelloReader.TryRead(buffer.AsSpan(0, filled), out var hello))
            {
                case ReadStatus.Complete:
                    return (hello, buffer.AsMemory(0, filled));
                case ReadStatus.Malformed:
                    return (null, buffer.AsMemory(0, filled));
                case ReadStatus.NeedMoreBytes when filled == buffer.Length:
                    Array.Resize(ref buffer, Math.Min(buffer.Length * 2, ClientHelloReader.MaxLength + 1));
                    break;
            }
        }
    }
}
