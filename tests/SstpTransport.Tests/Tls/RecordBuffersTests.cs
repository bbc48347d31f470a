using System.Net.Security;
using System.Security.Cryptography;
using SstpTransport.Tls;

namespace SstpTransport.Tests.Tls;

public sealed class RecordBuffersTests
{
    [Fact]
    public async Task With_this_runtime_and_its_openssl_idle_connections_can_give_back_their_buffers_and_still_carry_data()
    {
        using var certificate = TestTls.SelfSigned();
        var (server, client) = await TestTls.ConnectAsync(
            new SslServerAuthenticationOptions { ServerCertificate = certificate, AllowTlsResume = false },
            TestTls.Client(certificate));
        await using var serverGuard = server;
        await using var clientGuard = client;

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
}
