using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using TestSupport.Namespaces;

namespace EndToEnd.Tests.DataPath;

/// <summary>Sends datagrams of all sizes to a host that sends each one back, and looks at every byte of what returns.</summary>
/// <remarks>Those above the MTU go in fragments. A datagram may get lost on a full line; a damaged one must not arrive.</remarks>
public sealed class DatagramExchange : IAsyncDisposable
{
    private const int LargestDatagram = 9000;

    private readonly Socket _echo;
    private readonly Socket _sender;
    private readonly CancellationTokenSource _enough = new();
    private readonly Task _echoing;
    private readonly Task _sending;
    private int _returned;
    private int _damaged;

    public DatagramExchange(NetworkNamespace inside, IPAddress address, NetworkNamespace client)
    {
        _echo = NamespaceEntry.Run(inside.Name, () => new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp));
        _echo.Bind(new IPEndPoint(address, 0));
        _sender = NamespaceEntry.Run(client.Name, () => new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp));
        _echoing = EchoAsync();
        _sending = SendAsync((IPEndPoint)_echo.LocalEndPoint!);
    }

    /// <summary>Ends it.</summary>
    /// <returns>How many came back as they were sent, and how many otherwise.</returns>
    public async Task<(int Returned, int Damaged)> FinishAsync()
    {
        await _enough.CancelAsync();
        await Task.WhenAll(_echoing, _sending);
        return (_returned, _damaged);
    }

    public async ValueTask DisposeAsync()
    {
        await FinishAsync();
        _echo.Dispose();
        _sender.Dispose();
        _enough.Dispose();
    }

    private async Task EchoAsync()
    {
        var datagram = new byte[LargestDatagram];
        try
        {
            while (true)
            {
                var came = await _echo.ReceiveFromAsync(
                    datagram,
                    new IPEndPoint(_echo.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0),
                    _enough.Token);
                await _echo.SendToAsync(datagram.AsMemory(0, came.ReceivedBytes), came.RemoteEndPoint, _enough.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Enough has been exchanged.
        }
    }

    private async Task SendAsync(IPEndPoint to)
    {
        var random = new Random(768);
        var returned = new byte[LargestDatagram];
        for (var number = 0; !_enough.IsCancellationRequested; number++)
        {
            var sent = new byte[random.Next(4) == 0 ? random.Next(4, LargestDatagram) : random.Next(4, 1400)];
            random.NextBytes(sent);
            BinaryPrimitives.WriteInt32BigEndian(sent, number);
            await _sender.SendToAsync(sent, to);
            await AnswerAsync(sent, returned);
        }
    }

    private async Task AnswerAsync(byte[] sent, byte[] returned)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_enough.Token);
        patience.CancelAfter(TimeSpan.FromSeconds(1)); // then it is lost
        try
        {
            while (true)
            {
                var length = await _sender.ReceiveAsync(returned, patience.Token);
                // One that had been given up may still come.
                if (length < 4 || BinaryPrimitives.ReadInt32BigEndian(returned) < BinaryPrimitives.ReadInt32BigEndian(sent))
                    continue;
                if (returned.AsSpan(0, length).SequenceEqual(sent)) _returned++;
                else _damaged++;
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // Lost, or enough has been exchanged.
        }
    }
}
