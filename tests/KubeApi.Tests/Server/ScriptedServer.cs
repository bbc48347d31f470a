using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace KubeApi.Tests.Server;

/// <summary>
/// An HTTP/1.1 server on loopback that does, byte for byte, what a test says: also what no real server would. Written from
/// RFC 9112 and shares nothing with the client under test.
/// </summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<ReceivedRequest, Answer, Task> _script;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;

    public ScriptedServer(Func<ReceivedRequest, Answer, Task> script)
    {
        _script = script;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>What is shown in handshakes; may be changed between connections. Null for plain HTTP.</summary>
    public X509Certificate2? Certificate { get; init; }

    public Uri Address =>
        new($"{(Certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>In the order in which they came.</summary>
    public ConcurrentQueue<ReceivedRequest> Requests { get; } = [];

    /// <summary>Names asked for in handshakes.</summary>
    public ConcurrentQueue<string> ServerNames { get; } = [];

    /// <summary>Subjects of client certificates shown.</summary>
    public ConcurrentQueue<string> ClientCertificates { get; } = [];

    public CancellationToken Stopping => _stopping.Token;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        await Task.WhenAll(_connections);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var owned = client;
        client.NoDelay = true;
        try
        {
            await using var stream = await SecureAsync(client.GetStream());
            using var ending = _stopping.Token.Register(client.Close);
            while (await ReadAsync(stream) is { } request)
            {
                Requests.Enqueue(request);
                var answer = new Answer(stream, _stopping.Token);
                await _script(request, answer);
                if (answer.IsCut) return;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or SocketException
            or System.Security.Authentication.AuthenticationException)
        {
            // The client has gone, which is its right.
        }
    }

    private async Task<Stream> SecureAsync(NetworkStream plain)
    {
        if (Certificate is null) return plain;
        var secure = new SslStream(plain);
        await secure.AuthenticateAsServerAsync(
            (_, hello, _, _) =>
            {
                ServerNames.Enqueue(hello.ServerName);
                return ValueTask.FromResult(new SslServerAuthenticationOptions
                {
                    ServerCertificate = Certificate,
                    ClientCertificateRequired = true,
                    RemoteCertificateValidationCallback = Note,
                });
            },
            null, _stopping.Token);
        return secure;
    }

    /// <summary>Clients may come without a certificate; which one a test expects is the test's to say.</summary>
    private bool Note(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (shown is not null) ClientCertificates.Enqueue(shown.Subject);
        return shown is not null || errors == SslPolicyErrors.RemoteCertificateNotAvailable;
    }

    private static async Task<ReceivedRequest?> ReadAsync(Stream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!EndsWithBlankLine(head))
        {
            if (await stream.ReadAsync(one) == 0) return null;
            head.Add(one[0]);
        }

        var lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var start = lines[0].Split(' ');
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines[1..])
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length) : 0];
        await stream.ReadExactlyAsync(body);

        var parts = start[1].Split('?', 2);
        var query = new Dictionary<string, string>();
        foreach (var pair in parts.Length == 2 ? parts[1].Split('&') : [])
        {
            var halves = pair.Split('=', 2);
            query[halves[0]] = Uri.UnescapeDataString(halves[1]);
        }

        return new ReceivedRequest(start[0], parts[0], query, headers, Encoding.UTF8.GetString(body));
    }

    private static bool EndsWithBlankLine(List<byte> head) =>
        head.Count >= 4 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n' && head[^4] == '\r';
}
