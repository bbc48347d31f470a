using System.Net;
using System.Net.Sockets;

namespace SstpGateway.Dns.Serving;

/// <summary>The UDP and the TCP socket of one inside address, on the same port.</summary>
internal sealed class ListeningSockets : IDisposable
{
    private const int Backlog = 128;

    // A port that is free for TCP may be anybody's for UDP; that it happens so often in a row means that none is left.
    private const int TriesForAnyPort = 64;

    private ListeningSockets(Socket udp, Socket tcp)
    {
        Udp = udp;
        Tcp = tcp;
    }

    public Socket Udp { get; }

    public Socket Tcp { get; }

    public IPEndPoint EndPoint => (IPEndPoint)Udp.LocalEndPoint!;

    /// <param name="port">Zero takes a free one.</param>
    /// <exception cref="IOException">The address cannot be listened on; the message says what to do.</exception>
    public static ListeningSockets Bind(IPAddress address, int port)
    {
        for (var left = port == 0 ? TriesForAnyPort : 1; ; left--)
        {
            try
            {
                return BindBoth(address, port);
            }
            catch (SocketException e) when (e.SocketErrorCode != SocketError.AddressAlreadyInUse || left == 1)
            {
                throw new IOException(
                    $"Cannot listen for DNS on {new IPEndPoint(address, port)}: {e.Message}. {Advice(e.SocketErrorCode)}", e);
            }
            catch (SocketException)
            {
                // Taken for UDP: the next free one.
            }
        }
    }

    public void Dispose()
    {
        Udp.Dispose();
        Tcp.Dispose();
    }

    private static ListeningSockets BindBoth(IPAddress address, int port)
    {
        var tcp = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        var udp = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        try
        {
            tcp.Bind(new IPEndPoint(address, port));
            udp.Bind(tcp.LocalEndPoint!);
            tcp.Listen(Backlog);
            return new ListeningSockets(udp, tcp);
        }
        catch
        {
            tcp.Dispose();
            udp.Dispose();
            throw;
        }
    }

    private static string Advice(SocketError error) => error switch
    {
        SocketError.AddressAlreadyInUse =>
            "Another DNS server listens there, perhaps on all addresses: bind it to its own, or set dns.forwarder to false",
        SocketError.AddressNotAvailable => "The tunnel device must have the address before the forwarder starts",
        SocketError.AccessDenied => "Ports below 1024 need CAP_NET_BIND_SERVICE",
        _ => "Or set dns.forwarder to false",
    };
}
