using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SstpClient.Tests.Probe.Support;

/// <summary>A server on loopback for one connection: TLS, then whatever the test has it say.
/// Bytes are written by hand, after MS-SSTP.</summary>
internal sealed class FakeSstpServer : IAsyncDisposable
{
    /// <summary>CALL_CONNECT_ACK (MS-SSTP 2.2.10) with both hashes and a nonce of zeros.</summary>
    public static readonly byte[] Ack = [0x10, 1, 0, 48, 0, 2, 0, 1, 0, 4, 0, 40, 0, 0, 0, 3, .. new byte[32]];

    /// <summary>CALL_CONNECT_NAK: value not supported, about the encapsulated protocol.</summary>
    public static readonly byte[] Nak = [0x10, 1, 0, 20, 0, 3, 0, 1, 0, 2, 0, 12, 0, 0, 0, 1, 0, 0, 0, 4];

    /// <summary>CALL_ABORT: negotiation timeout.</summary>
    public static readonly byte[] Abort = [0x10, 1, 0, 20, 0, 5, 0, 1, 0, 2, 0, 12, 0, 0, 0, 0, 0, 0, 0, 8];

    public static readonly byte[] Ok = Encoding.ASCII.GetBytes(
        "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\nServer: x\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly TaskCompletionSource _calledFor = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _running;

    /// <param name="http">Said after the HTTP request; empty: closes instead.</param>
    /// <param name="sstp">Said after CALL_CONNECT_REQUEST; empty: closes instead; null: says nothing more.</param>
    public FakeSstpServer(X509Certificate2 certificate, byte[] http, byte[]? sstp)
    {
        _certificate = certificate;
        _listener.Start();
        _running = ServeAsync(http, sstp);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Request { get; private set; } = "";

    public byte[] CallRequest { get; private set; } = [];

    /// <summary>What came after the answer to the call.</summary>
    public byte[] Farewell { get; private set; } = [];

    /// <summary>Completes when CALL_CONNECT_REQUEST has come.</summary>
    public Task CalledFor => _calledFor.Task.WaitAsync(Patience);

    /// <summary>Completes when the probe has gone.</summary>
    public Task Over => _running.WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await Over;
        _certificate.Dispose();
    }

    private async Task ServeAsync(byte[] http, byte[]? sstp)
    {
        try
        {
            using var socket = await _listener.AcceptSocketAsync();
            await using var stream = new SslStream(new NetworkStream(socket));
            // Offline, or the server itself would fetch its issuer.
            await stream.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = SslStreamCertificateContext.Create(_certificate, [], offline: true),
                });
            Request = await ReadRequestAsync(stream);
            if (http.Length == 0) return;

            await stream.WriteAsync(http);
            var request = new byte[14];
            await stream.ReadExactlyAsync(request);
            CallRequest = request;
            _calledFor.SetResult();
            if (sstp is { Length: 0 }) return;

            if (sstp is not null) await stream.WriteAsync(sstp);
            var rest = new MemoryStream();
            await stream.CopyToAsync(rest);
            Farewell = rest.ToArray();
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException)
        {
            // The probe has gone before the end, as several tests want it to.
        }
    }

    private static async Task<string> ReadRequestAsync(SslStream stream)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one);
            text.Append((char)one[0]);
        }

        return text.ToString();
    }
}
