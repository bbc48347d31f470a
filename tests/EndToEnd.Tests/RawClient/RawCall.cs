using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using EndToEnd.Tests.Network;
using TestSupport.Namespaces;

namespace EndToEnd.Tests.RawClient;

/// <summary>A TLS connection to the gateway whose every octet the test chooses.
/// It shares no code with the client of this repository.</summary>
public sealed class RawCall : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly SslStream _stream;

    private RawCall(SslStream stream) => _stream = stream;

    /// <summary>SHA-256 of the certificate that this connection showed.</summary>
    public byte[] CertificateHash => SHA256.HashData(_stream.RemoteCertificate!.GetRawCertData());

    /// <summary>When set, every octet is sent in a TLS record of its own.</summary>
    public bool SendsSingleOctets { get; set; }

    public SslApplicationProtocol ApplicationProtocol => _stream.NegotiatedApplicationProtocol;

    public static Task<RawCall> ConnectAsync(NetworkNamespace @namespace, params SslApplicationProtocol[] protocols) =>
        ConnectAsync(@namespace, Laboratory.Gateway, Laboratory.GatewayName, protocols);

    /// <param name="serverName">What the ClientHello asks for; an address for none.</param>
    public static async Task<RawCall> ConnectAsync(
        NetworkNamespace @namespace, IPEndPoint gateway, string serverName, params SslApplicationProtocol[] protocols)
    {
        using var timer = new CancellationTokenSource(Deadline);
        var socket = await @namespace.ConnectAsync(gateway, timer.Token);
        socket.NoDelay = true;
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = serverName,
                    ApplicationProtocols = protocols.Length > 0 ? [.. protocols] : null,
                    // Whom it talks to is not what these tests are about.
                    RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
                },
                timer.Token);
            return new RawCall(stream);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    public async Task SendAsync(byte[] octets)
    {
        using var timer = new CancellationTokenSource(Deadline);
        var step = SendsSingleOctets ? 1 : octets.Length;
        for (var at = 0; at < octets.Length; at += step) await _stream.WriteAsync(octets.AsMemory(at, step), timer.Token);
    }

    public Task SendAsync(string text) => SendAsync(Encoding.ASCII.GetBytes(text));

    /// <summary>The next SSTP packet, whole; null when the gateway has closed the connection.</summary>
    public async Task<byte[]?> ReadPacketAsync()
    {
        using var timer = new CancellationTokenSource(Deadline);
        var header = new byte[4];
        if (!await TryFillAsync(header, timer.Token)) return null;

        Assert.Equal(0x10, header[0]);
        var packet = new byte[BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)) & 0x0FFF];
        header.CopyTo(packet, 0);
        Assert.True(await TryFillAsync(packet.AsMemory(4), timer.Token), "the connection ended inside a packet");
        return packet;
    }

    /// <summary>An HTTP answer's status line and fields, up to and with the empty line;
    /// what came before the end when there is none.</summary>
    public async Task<string> ReadHeadAsync()
    {
        using var timer = new CancellationTokenSource(Deadline);
        var head = new StringBuilder();
        var octet = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await TryFillAsync(octet, timer.Token))
            head.Append((char)octet[0]);
        return head.ToString();
    }

    /// <summary>Everything up to the end of the connection.</summary>
    public async Task<byte[]> ReadToEndAsync()
    {
        using var timer = new CancellationTokenSource(Deadline);
        using var all = new MemoryStream();
        var octet = new byte[1];
        while (await TryFillAsync(octet, timer.Token)) all.Write(octet);
        return all.ToArray();
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task<bool> TryFillAsync(Memory<byte> buffer, CancellationToken stopping)
    {
        try
        {
            return buffer.IsEmpty
                || await _stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stopping) == buffer.Length;
        }
        catch (IOException)
        {
            return false;   // A reset ends a connection as well.
        }
    }
}
