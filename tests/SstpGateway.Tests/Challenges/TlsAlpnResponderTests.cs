using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using SstpGateway.Challenges;
using SstpGateway.Listening;
using SstpGateway.Tests.Support;
using SstpProtocol.Tls;
using SstpTransport.Framing;
using TestSupport.Time;

namespace SstpGateway.Tests.Challenges;

/// <summary>What a CA that follows RFC 8737 checks, checked with the platform's TLS.</summary>
public sealed class TlsAlpnResponderTests
{
    private const string Name = "vpn.example.org";

    private static readonly byte[] Digest = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private readonly ChallengeBook _book = new(TimeProvider.System);
    private readonly ManualTime _clock = new();
    private readonly RecordingLogger<TlsAlpnResponder> _log = new();
    private readonly TlsAlpnResponder _responder;

    public TlsAlpnResponderTests() => _responder = new TlsAlpnResponder(_book, _clock, _log);

    [Fact]
    public async Task Shows_a_self_signed_certificate_for_the_name_alone_with_the_digest_in_a_critical_extension()
    {
        _book.TryPutTlsAlpn(Name, Digest);

        var (certificate, protocol) = await HandshakeAsync(SslProtocols.Tls12 | SslProtocols.Tls13);

        Assert.Equal("acme-tls/1", protocol);
        Assert.Equal(certificate.SubjectName.RawData, certificate.IssuerName.RawData);
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal([Name], names.EnumerateDnsNames());
        Assert.Empty(names.EnumerateIPAddresses());
        var identifier = Assert.Single(certificate.Extensions, extension => extension.Oid?.Value == "1.3.6.1.5.5.7.1.31");
        Assert.True(identifier.Critical);
        Assert.Equal([0x04, 0x20, .. Digest], identifier.RawData);
    }

    [Fact]
    public async Task Speaks_TLS_1_2_with_CAs_that_do()
    {
        _book.TryPutTlsAlpn(Name, Digest);

        var (certificate, _) = await HandshakeAsync(SslProtocols.Tls12);

        Assert.Contains(certificate.Extensions, extension => extension.Oid?.Value == AcmeCertificate.IdentifierOid);
    }

    [Theory]
    [InlineData("vpn.example.org", new[] { "acme-tls/1" }, true)]
    [InlineData("VPN.Example.org", new[] { "acme-tls/1" }, true)]
    [InlineData("www.example.org", new[] { "acme-tls/1" }, false)]
    [InlineData("vpn.example.org", new[] { "acme-tls/1", "http/1.1" }, false)]
    [InlineData("vpn.example.org", new[] { "http/1.1" }, false)]
    [InlineData("vpn.example.org", new string[0], false)]
    [InlineData(null, new[] { "acme-tls/1" }, false)]
    public void Is_for_CAs_that_ask_for_a_pending_name_and_for_nobody_else(string? name, string[] protocols, bool isFor)
    {
        _book.TryPutTlsAlpn(Name, Digest);

        Assert.Equal(isFor, _responder.IsFor(new ClientHello(name, protocols, [0x0304])));
    }

    /// <summary>Whoever knows a name that is being proved can ask as CAs do.</summary>
    [Fact]
    public async Task Tells_of_one_check_in_a_while_and_of_how_many_there_were()
    {
        _book.TryPutTlsAlpn(Name, Digest);

        for (var i = 0; i < 5; i++) await HandshakeAsync(SslProtocols.Tls13);
        var first = Assert.Single(_log.Lines);
        _clock.Advance(RareLine.Interval);
        await HandshakeAsync(SslProtocols.Tls13);

        Assert.EndsWith("; 0 others since the last such line", first.Text, StringComparison.Ordinal);
        Assert.EndsWith("; 4 others since the last such line", _log.Lines[^1].Text, StringComparison.Ordinal);
        Assert.Equal(2, _log.Lines.Count);
    }

    private async Task<(X509Certificate2 Certificate, string Protocol)> HandshakeAsync(SslProtocols versions)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var near = new TcpClient();
        await near.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var far = await listener.AcceptTcpClientAsync();
        var serving = ServeAsync(far.GetStream());

        X509Certificate2? shown = null;
        await using var client = new SslStream(near.GetStream());
        await client.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = Name,
            EnabledSslProtocols = versions,
            ApplicationProtocols = [new SslApplicationProtocol("acme-tls/1")],
            RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            {
                shown = X509CertificateLoader.LoadCertificate(certificate!.GetRawCertData());
                return shown.Subject.Length > 0;
            },
        });
        await serving;
        return (shown!, client.NegotiatedApplicationProtocol.ToString());
    }

    private async Task ServeAsync(NetworkStream connection)
    {
        var (hello, received) = await ClientHelloPeek.ReadAsync(connection, CancellationToken.None);
        Assert.True(_responder.IsFor(hello!));
        await _responder.AnswerAsync(
            new ReplayStream(connection, received), hello!, new IPEndPoint(IPAddress.Loopback, 1), CancellationToken.None);
    }
}
