using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Operator.Dns;
using Operator.Dns.Push;
using TestSupport.Certificates;
using TestSupport.Connections;
using TestSupport.Files;

namespace Operator.Tests.Dns.Push;

/// <summary>The listener of reports, which faces the Internet.</summary>
public sealed class PushServerTests : IReportBook, IAsyncLifetime
{
    private PushServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = Listener(this);
        await _server.StartAsync(CancellationToken.None);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task One_sender_does_not_hold_all_connections_and_those_who_wait_there_keep_out_none_of_its_own()
    {
        var held = new List<Socket>();
        try
        {
            // Each is asked over before the next one comes, so that it is known which is the first.
            for (var i = 0; i < PushServer.MaxOfSender; i++)
            {
                held.Add(await ConnectAsync());
                Assert.StartsWith("HTTP/1.1 401", await AskAsync(held[i]), StringComparison.Ordinal);
            }

            using var elsewhere = await ConnectAsync(IPAddress.Parse("127.0.0.2"));
            Assert.StartsWith("HTTP/1.1 401", await AskAsync(elsewhere), StringComparison.Ordinal);
            using var another = await ConnectAsync();
            Assert.StartsWith("HTTP/1.1 ", await AskAsync(another), StringComparison.Ordinal);

            // The first made room, and no other did.
            Assert.Equal("", await AskAsync(held[0]));
            Assert.StartsWith("HTTP/1.1 ", await AskAsync(held[1]), StringComparison.Ordinal);
            Assert.StartsWith("HTTP/1.1 ", await AskAsync(elsewhere), StringComparison.Ordinal);
        }
        finally
        {
            foreach (var connection in held) connection.Dispose();
        }
    }

    [Fact]
    public async Task Senders_who_connect_and_wait_keep_out_nobody_who_reports()
    {
        var waiting = new List<RawConnection>();
        try
        {
            for (var i = 0; i < PushServer.MaxConnections; i++)
                waiting.Add(await RawConnection.OpenAsync(_server.Url!.Port, 10 + (i / PushServer.MaxOfSender)));

            using var router = await RawConnection.OpenAsync(_server.Url!.Port, 200);
            Assert.StartsWith("HTTP/1.1 401", await router.AskAsync("/nic/update"), StringComparison.Ordinal);

            // One made room, and the others stay.
            await RawConnection.WaitUntilClosedAsync(waiting, 1);
            var stayed = waiting.Where(connection => !connection.IsClosed).ToList();
            Assert.Equal(waiting.Count - 1, stayed.Count);
            Assert.StartsWith("HTTP/1.1 401", await stayed[^1].AskAsync("/nic/update"), StringComparison.Ordinal);
        }
        finally
        {
            foreach (var connection in waiting) connection.Dispose();
        }
    }

    /// <summary>Over HTTP/2 a sender could leave any number of answers unread.</summary>
    [Fact]
    public async Task Speaks_HTTP_1_also_to_who_would_rather_speak_HTTP_2()
    {
        using var folder = new TemporaryFolder("push-server");
        using var authority = new TestAuthority();
        var certificate = authority.Issue("push.example.com");
        File.WriteAllText(folder.File("tls.crt"), certificate.CertificatePem);
        File.WriteAllText(folder.File("tls.key"), certificate.KeyPem);
        await using var server = Listener(this, folder.File("tls.crt"), folder.File("tls.key"));
        await server.StartAsync(CancellationToken.None);

        Assert.Equal(
            SslApplicationProtocol.Http11,
            await RawHttp2Connection.NegotiateAsync(new IPEndPoint(IPAddress.Loopback, server.Url!.Port)));
    }

    ReportedRecord? IReportBook.Find(string fqdn) => null;

    Task<string?> IReportBook.FindTokenAsync(ReportedRecord record, CancellationToken stopping) => Task.FromResult<string?>(null);

    Task IReportBook.SaveAsync(ReportedRecord record, PushReport report, CancellationToken stopping) => Task.CompletedTask;

    private static PushServer Listener(IReportBook book, string? certificate = null, string? key = null) => new(
        new PushOptions(new IPEndPoint(IPAddress.Loopback, 0), certificate, key),
        new PushAnswerer(book, new DnsMetrics(new TestMeters()), TimeProvider.System, NullLogger<PushAnswerer>.Instance),
        NullLoggerFactory.Instance);

    private async Task<Socket> ConnectAsync(IPAddress? from = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(from ?? IPAddress.Loopback, 0));
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _server.Url!.Port));
        return socket;
    }

    /// <summary>The answer, or nothing when the connection was closed.</summary>
    private static async Task<string> AskAsync(Socket connection)
    {
        try
        {
            await connection.SendAsync("GET /nic/update?hostname=a.example.com HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray());
            var buffer = new byte[4096];
            return Encoding.ASCII.GetString(buffer, 0, await connection.ReceiveAsync(buffer));
        }
        catch (SocketException failure) when (failure.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            return "";
        }
    }
}
