using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SstpTransport.Tls;

namespace SstpTransport.Tests.Tls;

public sealed class RecordBuffersTests
{
    [Fact]
    public async Task This_runtime_and_its_openssl_are_ones_where_idle_connections_can_give_back_their_buffers_and_still_carry_data()
    {
        var (there, back) = (new Pipe(), new Pipe());
        await using var client = new SslStream(new Duplex(back.Reader, there.Writer));
        await using var server = new SslStream(new Duplex(there.Reader, back.Writer));
        using var certificate = SelfSigned();
        await Task.WhenAll(
            server.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate, AllowTlsResume = false }),
            client.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { certificate },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            }));

        Assert.True(RecordBuffers.TryRelease(server));
        Assert.True(RecordBuffers.TryRelease(client));

        var sent = RandomNumberGenerator.GetBytes(100_000);
        var received = new byte[sent.Length];
        for (var round = 0; round < 3; round++)
        {
            await Task.WhenAll(server.WriteAsync(sent).AsTask(), client.ReadExactlyAsync(received).AsTask());
            Assert.Equal(sent, received);
        }
    }

    [Fact]
    public async Task A_stream_before_its_handshake_is_left_alone()
    {
        await using var stream = new SslStream(new MemoryStream());
        Assert.False(RecordBuffers.TryRelease(stream));
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private sealed class Duplex(PipeReader reader, PipeWriter writer) : Stream
    {
        private readonly Stream _reading = reader.AsStream();
        private readonly Stream _writing = writer.AsStream();

        public override bool CanRead => true;
        public override bool CanWrite => true;
        public override bool CanSeek => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            _reading.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            _writing.WriteAsync(buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => _writing.FlushAsync(cancellationToken);

        public override void Flush() => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
