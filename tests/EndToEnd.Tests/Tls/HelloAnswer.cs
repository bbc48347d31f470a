using System.Net.Sockets;
using EndToEnd.Tests.Network;

namespace EndToEnd.Tests.Tls;

/// <summary>What the gateway says to a ClientHello that was written octet by octet.</summary>
internal static class HelloAnswer
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <returns>The first record that comes back.</returns>
    public static async Task<byte[]> AskAsync(Laboratory laboratory, ushort version, params ushort[] suites)
    {
        using var timer = new CancellationTokenSource(Deadline);
        using var socket = await laboratory.Client.Namespace.ConnectAsync(Laboratory.Gateway, timer.Token);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(ClientHelloWriter.Write(version, suites), timer.Token);

        var header = new byte[5];
        await stream.ReadExactlyAsync(header, timer.Token);
        var body = new byte[header[3] << 8 | header[4]];
        await stream.ReadExactlyAsync(body, timer.Token);
        return [.. header, .. body];
    }

    /// <returns>The cipher suite of a ServerHello; null when the record is none.</returns>
    public static ushort? SuiteOf(byte[] record)
    {
        const byte handshake = 0x16;
        const byte serverHello = 2; // RFC 5246 7.4
        if (record[0] != handshake || record[5] != serverHello) return null;
        var sessionIdLength = record[43];
        return (ushort)(record[44 + sessionIdLength] << 8 | record[45 + sessionIdLength]);
    }
}
