using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace KubectlSstp.Doctor;

/// <summary>Asks a server for TLS 1.1 or older, which no library of today does any more:
/// a ClientHello written by hand (RFC 4346 7.4.1.2).</summary>
internal static class OldTlsHello
{
    private const byte HandshakeRecord = 22;
    private const byte ServerHello = 2;

    /// <summary>Record header, handshake header and the version behind them.</summary>
    private const int EnoughToJudge = 11;

    private static readonly byte[] Suites = [0xC0, 0x13, 0xC0, 0x14, 0xC0, 0x09, 0xC0, 0x0A, 0x00, 0x2F, 0x00, 0x35, 0x00, 0x0A];

    /// <returns>What it takes, such as "TLS 1.1"; null when it takes none of them.</returns>
    public static async Task<string?> AskAsync(
        IPEndPoint server, string host, TimeSpan patience, TimeProvider time, CancellationToken stopping)
    {
        using var elapsed = new CancellationTokenSource(patience, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(elapsed.Token, stopping);
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(server, limit.Token).ConfigureAwait(false);
            await using var stream = new NetworkStream(socket);
            await stream.WriteAsync(Write(host, RandomNumberGenerator.GetBytes(32)), limit.Token).ConfigureAwait(false);
            var answer = new byte[EnoughToJudge];
            await stream.ReadExactlyAsync(answer, limit.Token).ConfigureAwait(false);
            return Judge(answer);
        }
        catch (Exception e) when (e is SocketException or IOException
            || (e is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <param name="answer">The first <see cref="EnoughToJudge"/> octets.</param>
    public static string? Judge(ReadOnlySpan<byte> answer) =>
        answer[0] != HandshakeRecord || answer[5] != ServerHello ? null : (answer[9], answer[10]) switch
        {
            (3, 0) => "SSL 3.0",
            (3, 1) => "TLS 1.0",
            (3, 2) => "TLS 1.1",
            _ => null,
        };

    /// <param name="random">32 octets.</param>
    public static byte[] Write(string host, ReadOnlySpan<byte> random)
    {
        var name = Encoding.ASCII.GetBytes(host);
        byte[] extensions =
        [
            // server_name (RFC 6066 3), supported_groups and ec_point_formats (RFC 8422 5.1).
            0, 0, .. Long(name.Length + 5), .. Long(name.Length + 3), 0, .. Long(name.Length), .. name,
            0, 10, 0, 6, 0, 4, 0, 23, 0, 24,
            0, 11, 0, 2, 1, 0,
        ];
        byte[] body = [3, 2, .. random, 0, .. Long(Suites.Length), .. Suites, 1, 0, .. Long(extensions.Length), .. extensions];
        return [HandshakeRecord, 3, 1, .. Long(body.Length + 4), 1, 0, .. Long(body.Length), .. body];
    }

    private static byte[] Long(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    }
}
