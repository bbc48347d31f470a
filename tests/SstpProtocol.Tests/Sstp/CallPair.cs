using SstpProtocol.Sstp;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Sstp;

/// <summary>Both ends of a call joined in memory, under a clock that jumps from deadline to deadline.</summary>
internal sealed class CallPair
{
    private readonly List<(MonotonicTime Arrival, byte[] Packet)> _toServer = [];
    private readonly List<(MonotonicTime Arrival, byte[] Packet)> _toClient = [];

    public CallPair(
        ServerCallSettings? serverSettings = null, ClientCallSettings? clientSettings = null,
        CertificateDigests? seenByClient = null)
    {
        Server = new ServerCall(serverSettings ?? new ServerCallSettings(), Packets.Certificate, new ScriptedNonce(), Now);
        Client = new ClientCall(clientSettings ?? new ClientCallSettings(), seenByClient ?? Packets.Certificate, Now);
        Run();
    }

    public ServerCall Server { get; }

    public ClientCall Client { get; }

    public MonotonicTime Now { get; private set; }

    /// <summary>How long a packet travels.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>While set, packets vanish in both directions.</summary>
    public bool IsCut { get; set; }

    public List<CallEvent> ServerEvents { get; } = [];

    public List<CallEvent> ClientEvents { get; } = [];

    public List<SstpMessageType> SentByServer { get; } = [];

    public List<SstpMessageType> SentByClient { get; } = [];

    /// <summary>A pair that has come as far as <paramref name="until"/>, logged in without keys.</summary>
    public static CallPair Connected(CallStage until = CallStage.CallConnected)
    {
        var pair = new CallPair();
        if (until == CallStage.CallConnected) pair.Authenticate(HigherLayerKey.None, HigherLayerKey.None);
        return pair;
    }

    /// <summary>PPP authentication ends on both sides, the client's first, as it does on the wire.</summary>
    public void Authenticate(HigherLayerKey server, HigherLayerKey client)
    {
        Client.PppAuthenticated(client, Now);
        Run();
        Server.PppAuthenticated(server, Now);
        Run();
    }

    /// <summary>Lets time pass; both ends are ticked at their deadlines.</summary>
    public void Advance(TimeSpan span)
    {
        Run();
        var end = Now + span;
        while (NextMoment() is { } moment && moment <= end)
        {
            Now = moment > Now ? moment : Now;
            Run();
        }

        Now = end;
        Run();
    }

    /// <summary>Delivers and collects until nothing more happens at this moment.</summary>
    public void Run()
    {
        bool busy;
        do
        {
            busy = Deliver(_toServer, Server) | Deliver(_toClient, Client);
            Server.Tick(Now);
            Client.Tick(Now);
            busy |= Collect(Server, _toClient, SentByServer, ServerEvents)
                | Collect(Client, _toServer, SentByClient, ClientEvents);
        }
        while (busy);
    }

    private MonotonicTime? NextMoment()
    {
        var next = MonotonicTime.Earlier(Server.NextDeadline, Client.NextDeadline);
        foreach (var (arrival, _) in _toServer.Concat(_toClient)) next = MonotonicTime.Earlier(next, arrival);
        return next;
    }

    private bool Deliver(List<(MonotonicTime Arrival, byte[] Packet)> wire, SstpCall to)
    {
        var delivered = false;
        while (wire.Count > 0 && wire[0].Arrival <= Now)
        {
            to.ReceiveControl(wire[0].Packet, Now);
            wire.RemoveAt(0);
            delivered = true;
        }

        return delivered;
    }

    private bool Collect(
        SstpCall from, List<(MonotonicTime Arrival, byte[] Packet)> wire, List<SstpMessageType> sent, List<CallEvent> events)
    {
        var collected = false;
        var buffer = new byte[SstpHeader.MaxLength];
        while (from.TryTransmit(buffer, out var written))
        {
            sent.Add((SstpMessageType)((buffer[4] << 8) | buffer[5]));
            if (!IsCut) wire.Add((Now + Latency, buffer[..written]));
            collected = true;
        }

        while (from.TryTakeEvent(out var callEvent))
        {
            events.Add(callEvent);
            collected = true;
        }

        return collected;
    }
}
