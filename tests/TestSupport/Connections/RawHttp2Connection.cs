using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace TestSupport.Connections;

/// <summary>HTTP/2 over TLS, frame by frame (RFC 9113): for what no well-behaved client would say.</summary>
public sealed class RawHttp2Connection : IAsyncDisposable
{
    public const byte DataType = 0;
    public const byte HeadersType = 1;
    public const byte ResetType = 3;
    public const byte SettingsType = 4;
    public const byte PingType = 6;
    public const byte GoAwayType = 7;
    public const byte WindowUpdateType = 8;
    public const byte ContinuationType = 9;

    public const byte EndStream = 0x1;
    public const byte Acknowledgement = 0x1;
    public const byte EndHeaders = 0x4;

    private const int HeaderLength = 9;
    private const int InitialWindowSize = 4;    // RFC 9113 6.5.2

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TcpClient _client;
    private readonly SslStream _stream;

    private RawHttp2Connection(TcpClient client, SslStream stream)
    {
        _client = client;
        _stream = stream;
    }

    /// <summary>Offers HTTP/2 and HTTP/1.1, and says nothing yet.</summary>
    /// <returns>What the server has agreed on.</returns>
    public static async Task<SslApplicationProtocol> NegotiateAsync(IPEndPoint to, SslClientAuthenticationOptions? tls = null)
    {
        await using var connection = await DialAsync(to, tls);
        return connection._stream.NegotiatedApplicationProtocol;
    }

    /// <summary>Has said the preface and its settings.</summary>
    /// <param name="window">Octets that the server may send on each stream before it is told to go on.</param>
    /// <exception cref="IOException">The server does not speak HTTP/2.</exception>
    public static async Task<RawHttp2Connection> OpenAsync(IPEndPoint to, uint window = 65_535)
    {
        var connection = await DialAsync(to, tls: null);
        if (connection._stream.NegotiatedApplicationProtocol != SslApplicationProtocol.Http2)
        {
            await connection.DisposeAsync();
            throw new IOException($"{to} does not speak HTTP/2");
        }

        var settings = new byte[6];
        BinaryPrimitives.WriteUInt16BigEndian(settings, InitialWindowSize);
        BinaryPrimitives.WriteUInt32BigEndian(settings.AsSpan(2), window);
        byte[] beginning = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(SettingsType, 0, 0, settings)];
        await connection.SendAsync(beginning);
        return connection;
    }

    public static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[HeaderLength + payload.Length];
        frame[0] = (byte)(payload.Length >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(1), (ushort)payload.Length);
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(HeaderLength));
        return frame;
    }

    /// <summary>A GET whose header block is complete.</summary>
    public static byte[] Get(int stream, string path, params (string Name, string Value)[] more) =>
        Frame(HeadersType, EndStream | EndHeaders, stream, HeaderBlock("GET", path, more));

    /// <summary>Ends a stream from this side with CANCEL.</summary>
    public static byte[] Reset(int stream) => Frame(ResetType, 0, stream, [0, 0, 0, 8]);

    /// <summary>Fields as literals that go into no table (RFC 7541 6.2.2).</summary>
    public static byte[] HeaderBlock(string method, string path, params (string Name, string Value)[] more)
    {
        using var block = new MemoryStream();
        foreach (var (name, value) in (IEnumerable<(string, string)>)
            [(":method", method), (":scheme", "https"), (":authority", "localhost"), (":path", path), .. more])
        {
            block.WriteByte(0);
            WriteText(block, name);
            WriteText(block, value);
        }

        return block.ToArray();
    }

    public async Task SendAsync(ReadOnlyMemory<byte> frames)
    {
        using var patience = new CancellationTokenSource(Patience);
        await _stream.WriteAsync(frames, patience.Token);
    }

    /// <summary>The next frame of the server; null when it has closed the connection, in one way or the other.</summary>
    public async Task<(byte Type, byte Flags, int Stream, byte[] Payload)?> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var header = new byte[HeaderLength];
            await _stream.ReadExactlyAsync(header, patience.Token);
            var payload = new byte[(header[0] << 16) | (header[1] << 8) | header[2]];
            await _stream.ReadExactlyAsync(payload, patience.Token);
            return (header[3], header[4], BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5)), payload);
        }
        catch (IOException)
        {
            return null;    // its end, or a reset
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _client.Dispose();
    }

    private static async Task<RawHttp2Connection> DialAsync(IPEndPoint to, SslClientAuthenticationOptions? tls)
    {
        var client = new TcpClient();
        await client.ConnectAsync(to);
        var stream = new SslStream(client.GetStream());
        tls ??= new SslClientAuthenticationOptions { TargetHost = "localhost" };
        // Any: it is the server that is tested.
        tls.RemoteCertificateValidationCallback ??= (_, presented, _, _) => presented is not null;
        tls.ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11];
        using var patience = new CancellationTokenSource(Patience);
        await stream.AuthenticateAsClientAsync(tls, patience.Token);
        return new RawHttp2Connection(client, stream);
    }

    private static void WriteText(MemoryStream block, string text)
    {
        WriteLength(block, text.Length);
        block.Write(Encoding.ASCII.GetBytes(text));
    }

    // An integer with a prefix of seven bits (RFC 7541 5.1); the eighth says that the text is not compressed.
    private static void WriteLength(MemoryStream block, int length)
    {
        if (length < 127)
        {
            block.WriteByte((byte)length);
            return;
        }

        block.WriteByte(127);
        for (length -= 127; length >= 128; length >>= 7) block.WriteByte((byte)(length | 128));
        block.WriteByte((byte)length);
    }
}
