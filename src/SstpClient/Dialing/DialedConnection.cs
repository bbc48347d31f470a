using System.Net;
using System.Net.Security;
using SstpProtocol.Sstp.CryptoBinding;
using SstpTransport.Polling;

namespace SstpClient.Dialing;

/// <summary>A TLS connection whose server has agreed to speak SSTP.</summary>
/// <param name="Stream">What follows on it is SSTP.</param>
/// <param name="Transport">The connection under it.</param>
/// <param name="Server">The address that answered.</param>
/// <param name="Certificate">Digests of the certificate the server showed, for the crypto binding.</param>
/// <param name="Surplus">SSTP that came with the HTTP answer.</param>
public sealed record DialedConnection(
    SslStream Stream, PolledStream Transport, IPEndPoint Server, CertificateDigests Certificate,
    ReadOnlyMemory<byte> Surplus) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}
