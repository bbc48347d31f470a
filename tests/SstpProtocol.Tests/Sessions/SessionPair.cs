using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sessions;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Sessions;

/// <summary>Both ends of a session joined in memory, under a clock that jumps from deadline to deadline.</summary>
internal sealed class SessionPair
{
    private readonly Queue<byte[]> _toServer = new();
    private readonly Queue<byte[]> _toClient = new();

    private SessionPair(string password, AuthenticationMethod[] serverMethods, AuthenticationMethod[] clientMethods)
    {
        Server = Parts.Server(Now, serverMethods);
        Client = Parts.Client(Now, password, clientMethods);
    }

    private SessionPair(Func<MonotonicTime, ServerSession> server, AuthenticationMethod method)
    {
        Server = server(Now);
        Client = Parts.Client(Now, Parts.Password, method);
    }

    public ServerSession Server { get; }

    public ClientSession Client { get; }

    public MonotonicTime Now { get; private set; } = new(1_000_000);

    public List<SessionEvent> ServerEvents { get; } = [];

    public List<SessionEvent> ClientEvents { get; } = [];

    /// <summary>Every packet the server sent, in order.</summary>
    public List<byte[]> SentByServer { get; } = [];

    /// <summary>Every packet the client sent, in order.</summary>
    public List<byte[]> SentByClient { get; } = [];

    /// <summary>The keys that came with verdicts.</summary>
    public List<HigherLayerKey> Keys { get; } = [];

    /// <summary>While set, packets vanish in both directions.</summary>
    public bool IsCut { get; set; }

    /// <summary>While false, credentials are left without a verdict.</summary>
    public bool Judges { get; set; } = true;

    /// <summary>Which of the client's packets arrive; all unless set.</summary>
    public Func<byte[], bool> ClientPacketArrives { get; set; } = _ => true;

    /// <summary>A pair in which nothing has been said yet.</summary>
    public static SessionPair Silent(AuthenticationMethod method) => new(Parts.Password, [method], [method]);

    public static SessionPair Silent(AuthenticationMethod[] serverMethods, params AuthenticationMethod[] clientMethods) =>
        new(Parts.Password, serverMethods, clientMethods);

    public static SessionPair WithPassword(string password, AuthenticationMethod method) => new(password, [method], [method]);

    /// <summary>A pair with a server of the test's own.</summary>
    public static SessionPair With(Func<MonotonicTime, ServerSession> server, AuthenticationMethod method) => new(server, method);

    /// <summary>A pair that has said all it has to say.</summary>
    public static SessionPair Connected(AuthenticationMethod method = AuthenticationMethod.MsChapV2)
    {
        var pair = Silent(method);
        pair.Run();
        return pair;
    }

    /// <summary>Lets time pass; both ends are ticked at their deadlines.</summary>
    public void Advance(TimeSpan span)
    {
        Run();
        var end = Now + span;
        while (MonotonicTime.Earlier(Server.NextDeadline, Client.NextDeadline) is { } moment && moment <= end)
        {
            Now = moment > Now ? moment : Now;
            Server.Tick(Now);
            Client.Tick(Now);
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
            busy = Collect(Client, _toServer, SentByClient, ClientPacketArrives)
                | Collect(Server, _toClient, SentByServer, _ => true);
            while (_toServer.TryDequeue(out var packet)) Server.Receive(packet, Now);
            while (_toClient.TryDequeue(out var packet)) Client.Receive(packet, Now);
            busy |= TakeEvents();
        }
        while (busy);
    }

    private bool Collect(Session from, Queue<byte[]> wire, List<byte[]> sent, Func<byte[], bool> arrives)
    {
        var collected = false;
        while (from.TryTransmit(out var packet))
        {
            var octets = packet.ToArray();
            sent.Add(octets);
            if (!IsCut && arrives(octets)) wire.Enqueue(octets);
            collected = true;
        }

        return collected;
    }

    private bool TakeEvents()
    {
        var taken = false;
        while (Server.TryTakeEvent(out var happened))
        {
            taken = true;
            ServerEvents.Add(happened);
            if (happened is SessionEvent.CredentialsOffered offered && Judges) Conclude(offered.Credentials);
            if (happened is SessionEvent.Authenticated) Server.AssignAddresses(Parts.Addresses, Now);
        }

        while (Client.TryTakeEvent(out var happened))
        {
            taken = true;
            ClientEvents.Add(happened);
        }

        return taken;
    }

    private void Conclude(Credentials credentials)
    {
        var verdict = Parts.Judge(credentials);
        if (verdict is AuthenticationVerdict.Accepted accepted) Keys.Add(accepted.Key);
        Server.Conclude(verdict, Now);
    }
}
