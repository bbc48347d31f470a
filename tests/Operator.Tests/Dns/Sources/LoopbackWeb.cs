using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Operator.Tests.Dns.Sources;

/// <summary>A web server on loopback that answers each request with bytes of the test's choice, over a real socket.</summary>
internal sealed class LoopbackWeb : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _serving;
    private readonly X509Certificate2? _certificate;
    private int _requests;
    private int _answered;

    /// <param name="answer">Writes to the connection whatever it likes.</param>
    /// <param name="certificate">Null for plain HTTP.</param>
    public LoopbackWeb(
        Func<Stream, CancellationToken, Task> answer, IPAddress? address = null, X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener = new TcpListener(address ?? IPAddress.Loopback, 0);
        _listener.Start();
        _serving = ServeAsync(answer);
    }

    public LoopbackWeb(string body, string head = "200 OK", IPAddress? address = null, X509Certificate2? certificate = null)
        : this((stream, stopping) => stream.WriteAsync(Answer(body, head), stopping).AsTask(), address, certificate)
    {
    }

    public Uri Url => new($"{(_certificate is null ? "http" : "https")}://{_listener.LocalEndpoint}/");

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Requests whose client has hung up after the answer: it has read it, or wants no more of it.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>A whole answer.</summary>
    /// <param name="head">Status, and further header lines after it.</param>
    public static byte[] Answer(string body, string head = "200 OK") =>
        Encoding.UTF8.GetBytes(
            $"HTTP/1.1 {head}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeAsync(Func<Stream, CancellationToken, Task> answer)
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_stopping.Token), answer));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task AnswerAsync(TcpClient client, Func<Stream, CancellationToken, Task> answer)
    {
        using var _ = client;
        try
        {
            Stream stream = client.GetStream();
            if (_certificate is not null)
            {
                var tls = new SslStream(stream);
                await tls.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stopping.Token);
                stream = tls;
            }

            var head = new StringBuilder();
            var buffer = new byte[2048];
            while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                var read = await stream.ReadAsync(buffer, _stopping.Token);
                if (read == 0) return;
                head.Append(Encoding.ASCII.GetString(buffer, 0, read));
            }

            Interlocked.Increment(ref _requests);
            await answer(stream, _stopping.Token);
            client.Client.Shutdown(SocketShutdown.Send);
            while (await stream.ReadAsync(buffer, _stopping.Token) > 0)
            {
            }

            Interlocked.Increment(ref _answered);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException
            or System.Security.Authentication.AuthenticationException)
        {
            // The client went away or did not like the certificate: that is what some tests are about.
        }
    }
}
