using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using SstpProtocol.Sstp.CryptoBinding;
using SstpTransport.Polling;

namespace SstpGateway.Sessions;

/// <summary>A connection whose HTTP request asked for SSTP and has been answered.</summary>
/// <param name="Stream">TLS; what follows on it is SSTP.</param>
/// <param name="Transport">The connection under it.</param>
/// <param name="Source">The client's address and port.</param>
/// <param name="Certificate">Digests of the certificate that this client was shown.</param>
/// <param name="CorrelationId">SSTPCORRELATIONID, which Windows also writes to its event log; null when it sent none.</param>
/// <param name="TlsVersion">The version that was negotiated.</param>
/// <param name="CipherSuite">The suite that was negotiated.</param>
public sealed record IncomingCall(
    SslStream Stream,
    PolledStream Transport,
    IPEndPoint Source,
    CertificateDigests Certificate,
    Guid? CorrelationId,
    SslProtocols TlsVersion,
    TlsCipherSuite CipherSuite);
