namespace SstpGateway.Decoy;

/// <summary>What answers a visitor who does not speak SSTP.</summary>
public interface IDecoy
{
    /// <summary>Serves requests on a connection until either end has had enough. The caller closes the stream.</summary>
    /// <param name="stream">The TLS stream, not yet read beyond <paramref name="received"/>.</param>
    /// <param name="received">What was read from the stream already, whether it is a request or not.</param>
    /// <exception cref="IOException">The visitor has gone.</exception>
    /// <exception cref="OperationCanceledException">The gateway stops.</exception>
    Task ServeAsync(Stream stream, ReadOnlyMemory<byte> received, CancellationToken stopping);
}
