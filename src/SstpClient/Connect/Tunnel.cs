using System.Threading.Channels;
using SstpClient.Calls;
using SstpProtocol.Ip.Offload;
using SstpProtocol.Ppp;
using SstpProtocol.Sessions;
using SstpTransport.Linux;
using SstpTransport.Polling;
using SstpTransport.Tun;

namespace SstpClient.Connect;

/// <summary>Joins a call to a queue of the tunnel device, and reports what concerns the host's network.</summary>
/// <remarks>Both ways run on one poller: the one that was given to the call.</remarks>
internal sealed class Tunnel(TunQueue queue, TunOffloads offloads) : ICallObserver, IPolled
{
    private const int BatchSize = 64;
    private const int BatchBytes = 16 * 1024; // with the largest packet on top, what the call takes straight away

    private readonly Channel<NetworkNews> _news =
        Channel.CreateUnbounded<NetworkNews>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TunnelLane _lane = new(queue, offloads);
    private readonly byte[] _packet = GC.AllocateUninitializedArray<byte>(TunQueue.MaxPacketLength, pinned: true);
    private Call? _call;
    private Poller? _poller;

    public TunnelInquiry Inquiry { get; } = new();

    /// <summary>Ends when the call does. A server can add to it only by advertising, which is small next to traffic.</summary>
    public ChannelReader<NetworkNews> News => _news.Reader;

    public void StartReading(Call call, Poller poller)
    {
        _call = call;
        _poller = poller;
        queue.Attach(poller, this);
    }

    public void StopReading()
    {
        if (Interlocked.Exchange(ref _poller, null) is { } poller) queue.Detach(poller);
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
        if (news is null) _lane.Write(packet);
        else _news.Writer.TryWrite(news);
    }

    public void EndOfBatch() => _lane.Flush();

    void IPolled.OnReady(PollEvents events)
    {
        var call = _call!;
        try
        {
            var bytes = 0;
            for (var i = 0; i < BatchSize && bytes < BatchBytes
                && queue.Read(_packet, out var offload) is > 0 and var length; i++)
            {
                var packet = _packet.AsSpan(0, length);
                if (SuperPacket.TryRead(offload, packet, out var super))
                    call.Send(packet[0] >> 4 == 4 ? PppProtocol.Ipv4 : PppProtocol.Ipv6, super);
                bytes += length;
            }

            call.Flush();
        }
        catch (SystemCallException)
        {
            // Someone removed the device: without it the call is of no use.
            StopReading();
            call.HangUp();
        }
    }
}
