using System.Net;
using System.Security.Authentication;
using SstpClient.Dialing;
using SstpProtocol;
using SstpProtocol.Ip.Offload;
using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Ppp.Authentication.Chap;
using SstpProtocol.Ppp.Authentication.Eap;
using SstpProtocol.Ppp.Authentication.MsChap;
using SstpProtocol.Ppp.Authentication.Pap;
using SstpProtocol.Sessions;
using SstpProtocol.Sstp;
using SstpTransport.Polling;
using SstpTransport.Pumping;

namespace SstpClient.Calls;

/// <summary>One call from this end: dialled, then driven until it ends. Whoever places it ticks it.</summary>
public sealed class Call : ISessionOwner, IDisposable
{
    private readonly ClientSession _session;
    private readonly SessionPump _pump;
    private readonly ICallObserver _observer;

    private Call(DialedConnection connection, CallSettings settings, ICallObserver observer, MonotonicClock clock)
    {
        _observer = observer;
        Server = connection.Server;
        TlsVersion = connection.Stream.SslProtocol;
        var random = CryptographicRandomBytes.Instance;
        var credentials = settings.Credentials;
        _session = new ClientSession(
            new ClientSessionSettings
            {
                UserName = credentials.UserName,
                Call = new ClientCallSettings(),
                Link = new ClientLinkSettings
                {
                    Methods = settings.Methods, Ipv6 = settings.Ipv6, InterfaceId = settings.InterfaceId,
                },
            },
            connection.Certificate,
            (method, output) => method switch
            {
                AuthenticationMethod.Pap => new PapPeer(credentials, output),
                AuthenticationMethod.ChapMd5 => new ChapMd5Peer(credentials, output),
                AuthenticationMethod.MsChapV2 => new MsChapV2Peer(credentials, output, random),
                _ => new EapPeer(credentials.UserName, output, [new EapMsChapV2PeerMethod(credentials, random)]),
            },
            random,
            clock.Now);
        _pump = new SessionPump(connection.Stream, connection.Transport, _session, this, clock);
    }

    public IPEndPoint Server { get; }

    public SslProtocols TlsVersion { get; }

    /// <summary>Completes when the call is over, with the reason. Never faults.</summary>
    public Task<SessionEnd> Ended { get; private set; } = null!;

    /// <summary>Packets dropped because the line to the server is full.</summary>
    public long DroppedToServer => _pump.Egress.Dropped;

    /// <summary>Dials and begins the call; what comes of it, the observer hears.</summary>
    /// <param name="poller">Whose thread carries the packets.</param>
    /// <exception cref="DialException">No connection came about.</exception>
    public static async Task<Call> PlaceAsync(
        CallSettings settings, ICallObserver observer, Poller poller, MonotonicClock clock, CancellationToken stopping)
    {
        var connection = await new Dialer(settings.Dial, poller).DialAsync(stopping).ConfigureAwait(false);
        var call = new Call(connection, settings, observer, clock);
        call.Ended = call.RunAsync(connection.Surplus);
        return call;
    }

    public void Tick(MonotonicTime now) => _pump.Tick(now);

    /// <summary>Ends the call politely.</summary>
    public void HangUp() => _pump.Command((session, now) =>
        ((ClientSession)session).Disconnect(new SessionEnd(SessionEndCause.LocalDisconnect, "disconnected by the user"), now));

    /// <summary>Queues an IP packet for the server; <see cref="Flush"/> sends.</summary>
    /// <returns>False when it was dropped: not open for it, larger than the server takes, or the line is full.</returns>
    public bool TrySend(PppProtocol protocol, ReadOnlySpan<byte> packet) =>
        _pump.Forwards(protocol) && packet.Length <= _session.PeerMru && _pump.Egress.TryEnqueue(protocol, packet);

    /// <summary>Queues what the kernel hands over as one packet, cut into those that fit; <see cref="Flush"/> sends.</summary>
    public void Send(PppProtocol protocol, in SuperPacket super)
    {
        if (_pump.Forwards(protocol) && super.MaxLength <= _session.PeerMru) _pump.Egress.Enqueue(protocol, super);
    }

    public void Flush() => _pump.Egress.Flush();

    public void Dispose() => _pump.Dispose();

    void ISessionOwner.Apply(SessionEvent sessionEvent) => _observer.Apply(this, sessionEvent);

    void ISessionOwner.Forward(PppProtocol protocol, Span<byte> packet) => _observer.Receive(this, protocol, packet);

    void ISessionOwner.EndOfBatch() => _observer.EndOfBatch();

    private async Task<SessionEnd> RunAsync(ReadOnlyMemory<byte> surplus)
    {
        await _pump.RunAsync(surplus, CancellationToken.None).ConfigureAwait(false);
        return _session.End!;
    }
}
