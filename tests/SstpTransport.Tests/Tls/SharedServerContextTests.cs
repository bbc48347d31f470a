using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SstpTransport.Tls;
using TestSupport.Certificates;

namespace SstpTransport.Tests.Tls;

public sealed class SharedServerContextTests
{
    private const string Tls12 = "ECDHE-ECDSA-AES256-GCM-SHA384";
    private const string Tls13 = "TLS_AES_256_GCM_SHA384";

    [Fact]
    public async Task This_runtime_lets_connections_share_one_native_context_and_they_carry_data()
    {
        using var certificate = TestTls.SelfSigned();
        var options = Options(certificate);
        var shared = await SharedServerContext.TryPrepareAsync(options, Tls12, Tls13);
        Assert.NotNull(shared);

        var contexts = new HashSet<nint>();
        for (var i = 0; i < 3; i++)
        {
            var (server, client) = await TestTls.ConnectAsync(options, TestTls.Client(certificate));
            await using var serverGuard = server;
            await using var clientGuard = client;

            Assert.True(shared.Serves(server));
            contexts.Add(OpenSsl.ContextOf(OpenSsl.HandleOf(server)!));
            var sent = RandomNumberGenerator.GetBytes(50_000);
            var received = new byte[sent.Length];
            await Task.WhenAll(server.WriteAsync(sent).AsTask(), client.ReadExactlyAsync(received).AsTask());
            Assert.Equal(sent, received);
        }

        Assert.Single(contexts);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Nobody_can_resume_a_session_who_could_without_it(SslProtocols version)
    {
        using var plain = TestTls.SelfSigned();
        Assert.True(
            await SecondHandshakeIsResumedAsync(Options(plain), plain, version), "resumption is what .NET does by itself");

        using var certificate = TestTls.SelfSigned();
        var options = Options(certificate);
        Assert.NotNull(await SharedServerContext.TryPrepareAsync(options, Tls12, Tls13));
        Assert.False(await SecondHandshakeIsResumedAsync(options, certificate, version));
    }

    [Fact]
    public async Task Only_the_cipher_suites_that_were_named_are_taken()
    {
        using var certificate = TestTls.SelfSigned();
        var options = Options(certificate);
        Assert.NotNull(await SharedServerContext.TryPrepareAsync(options, Tls12, Tls13));

        var client = TestTls.Client(certificate, SslProtocols.Tls12);
        client.CipherSuitesPolicy = new CipherSuitesPolicy([TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384]);
        await Assert.ThrowsAnyAsync<AuthenticationException>(() => TestTls.ConnectAsync(options, client));

        client.CipherSuitesPolicy = new CipherSuitesPolicy([TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384]);
        var (near, far) = await TestTls.ConnectAsync(options, client);
        Assert.Equal(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, near.NegotiatedCipherSuite);
        await near.DisposeAsync();
        await far.DisposeAsync();
    }

    [Fact]
    public async Task The_same_certificate_read_again_gets_the_same_context_and_another_one_another()
    {
        using var certificate = TestTls.SelfSigned();
        using var copy = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        using var other = TestTls.SelfSigned();
        var first = await SharedServerContext.TryPrepareAsync(Options(certificate), Tls12, Tls13);
        var again = await SharedServerContext.TryPrepareAsync(Options(copy), Tls12, Tls13);
        var another = await SharedServerContext.TryPrepareAsync(Options(other), Tls12, Tls13);

        var (server, client) = await TestTls.ConnectAsync(Options(copy), TestTls.Client(certificate));
        Assert.True(first!.Serves(server));
        Assert.True(again!.Serves(server));
        Assert.False(another!.Serves(server));
        await server.DisposeAsync();
        await client.DisposeAsync();
    }

    [Fact]
    public async Task To_prepare_it_nothing_is_fetched_from_where_the_certificate_says_that_its_issuer_is()
    {
        using var trap = new IssuerTrap();
        using var certificate = trap.Issue("localhost");

        Assert.NotNull(await SharedServerContext.TryPrepareAsync(Options(certificate), Tls12, Tls13));
        Assert.False(trap.WasAsked);
    }

    private static SslServerAuthenticationOptions Options(X509Certificate2 certificate) => new()
    {
        ServerCertificateContext = SslStreamCertificateContext.Create(certificate, [], offline: true),
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        AllowRenegotiation = false,
        AllowTlsResume = true,
    };

    private static async Task<bool> SecondHandshakeIsResumedAsync(
        SslServerAuthenticationOptions options, X509Certificate2 certificate, SslProtocols version)
    {
        var calling = TestTls.Client(certificate, version);
        calling.TargetHost = "localhost"; // what .NET keeps sessions by
        var resumed = false;
        for (var i = 0; i < 2; i++)
        {
            var (server, client) = await TestTls.ConnectAsync(options, calling);
            // In TLS 1.3 tickets come behind the handshake, in front of the first data.
            await server.WriteAsync(new byte[1]);
            await client.ReadExactlyAsync(new byte[1]);
            resumed = OpenSsl.IsResumed(OpenSsl.HandleOf(server)!);
            await client.ShutdownAsync();
            await server.ShutdownAsync();
            await server.DisposeAsync();
            await client.DisposeAsync();
        }

        return resumed;
    }
}
