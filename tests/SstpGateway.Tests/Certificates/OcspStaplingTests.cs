using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using SstpGateway.Certificates;
using SstpGateway.Tests.Support;
using TestSupport.Ports;
using TestSupport.Prerequisites;
using TestSupport.Processes;
using TestSupport.Waiting;

namespace SstpGateway.Tests.Certificates;

/// <summary>With OpenSSL as the CA's responder and as the client.</summary>
public sealed class OcspStaplingTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ScratchFolder _folder = new();
    private readonly TestAuthority _authority = new(DateTimeOffset.UtcNow);

    [RequiresFact("openssl")]
    public async Task Handshakes_come_with_the_answer_of_the_responder_that_the_certificate_names()
    {
        var port = FreePort.Next();
        var issued = _authority.Issue(new TestLeaf { Names = ["vpn.example.org"], OcspResponder = $"http://127.0.0.1:{port}" });
        _folder.Write(
            "index.txt",
            $"V\t{DateTime.UtcNow.AddDays(30):yyMMddHHmmss}Z\t\t{issued.Certificate.SerialNumber}\tunknown\t/CN=leaf\n");
        var signer = _folder.Write("signer.pem", _authority.IntermediatePem);
        await using var responder = ChildProcess.Start(
            "openssl", "ocsp", "-port", $"{port}", "-index", _folder.File("index.txt"), "-CA", signer, "-rsigner", signer,
            "-rkey", _folder.Write("signer.key", _authority.IntermediateKeyPem), "-ndays", "2");
        // One visitor at a time: a connection that asks nothing would keep it from answering.
        await responder.WaitForOutputAsync("ACCEPT", Patience);

        Assert.True(CertificateReader.TryRead(
            issued.Pem + _authority.IntermediatePem + _authority.RootPem, issued.KeyPem, null,
            DateTimeOffset.UtcNow, out var certificate, out _));
        Assert.True(certificate.HasOcsp);
        await certificate.Stapling;
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var stopping = new CancellationTokenSource();
        var serving = ServeAsync(server, certificate, stopping.Token);

        await Eventually.TrueAsync("a handshake with an answer", Patience, async () =>
            (await Command.TryRunAsync(
                Patience, "openssl", "s_client", "-connect", $"{server.LocalEndpoint}",
                "-status", "-servername", "vpn.example.org"))
            .Output.Contains("OCSP Response Status: successful", StringComparison.Ordinal));

        await stopping.CancelAsync();
        await serving;
    }

    [Fact]
    public void A_certificate_without_a_responder_asks_nobody()
    {
        var issued = _authority.Issue("vpn.example.org");

        Assert.True(
            CertificateReader.TryRead(issued.Pem, issued.KeyPem, null, DateTimeOffset.UtcNow, out var certificate, out _));

        Assert.False(certificate.HasOcsp);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task ServeAsync(TcpListener server, ServerCertificate certificate, CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                using var client = await server.AcceptTcpClientAsync(stopping);
                await using var tls = new SslStream(client.GetStream());
                await HandshakeAsync(tls, certificate, stopping);
            }
        }
        catch (OperationCanceledException)
        {
            // The test has seen enough.
        }
    }

    private static async Task HandshakeAsync(SslStream tls, ServerCertificate certificate, CancellationToken stopping)
    {
        try
        {
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Context }, stopping);
            await tls.ShutdownAsync();
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            // A client that left; the next one comes.
        }
    }
}
