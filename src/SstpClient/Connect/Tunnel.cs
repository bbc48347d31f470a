using System.Threading.Channels;
using SstpClient.Calls;
using SstpProtocol.Ppp;
using SstpProtocol.Sessions;
using SstpTransport.Tun;

namespace SstpClient.Connect;

/// <summary>Joins a call to a queue of the tunnel device, and reports what concerns the host's network.</summary>
internal sealed class Tunnel(TunQueue queue) : ICallObserver
{
    private const int BatchSize = 64;

    private readonly Channel<NetworkNews> _news = Channel.CreateUnbounded<NetworkNews>(new UnboundedChannelOptions { SingleReader = true });
    private volatile bool _stopping;

    public TunnelInquiry Inquiry { get; } = new();

    /// <summary>Ends when the call does. A server can add to it only by advertising, which is small next to traffic.</summary>
    public ChannelReader<NetworkNews> News => _news.Reader;

    public Thread StartReading(Call call)
    {
        var thread = new Thread(() => Read(call)) { IsBackground = true, Name = "tunnel reader" };
        thread.Start();
        return thread;
    }

    public void StopReading(Thread thread)
    {
        _stopping = true;
        queue.Wake();
        thread.Join();
    }

    public void Apply(Call call, SessionEvent sessionEvent)
    {
        switch (sessionEvent)
        {
            case SessionEvent.Ipv4Opened opened:
                Inquiry.Opened(opened);
                _news.Writer.TryWrite(new NetworkNews.Ipv4(opened));
                break;
            case SessionEvent.Ipv6Opened opened:
                Inquiry.Opened(opened);
                _news.Writer.TryWrite(new NetworkNews.Ipv6(opened));
                break;
            case SessionEvent.Ended ended:
                _news.Writer.TryWrite(new NetworkNews.Ended(ended.End));
                _news.Writer.Complete();
                break;
        }
    }

    public void Receive(Call call, PppProtocol protocol, Span<byte> packet)
    {
        // Both are rare: looked for only where they can be, a UDP or ICMPv6 packet to this host.
        var news = protocol == PppProtocol.Ipv4 ? Inquiry.Read4(packet) : Inquiry.Read6(packet);
        if (news is null) queue.Write(packet);
        else _news.Writer.TryWrite(news);
    }

    private void Read(Call call)
    {
        var packet = new byte[TunQueue.MaxPacketLength];
        while (!_stopping)
        {
            if (!queue.WaitReadable()) continue;
            int length;
            do
            {
                length = 0;
                for (var i = 0; i < BatchSize && (length = queue.Read(packet)) > 0; i++)
                {
                    call.TrySend(packet[0] >> 4 == 4 ? PppProtocol.Ipv4 : PppProtocol.Ipv6, packet.AsSpan(0, length));
                }

                call.Flush();
            }
            while (length > 0 && !_stopping);
        }
    }
}
