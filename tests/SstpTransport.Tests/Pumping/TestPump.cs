using SstpProtocol;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sessions;
using SstpProtocol.Tests.Sessions;
using SstpTransport.Pumping;
using TestSupport.Time;

namespace SstpTransport.Tests.Pumping;

/// <summary>A pump with its session, owner and stream, under a clock that stands still unless told.</summary>
internal sealed class TestPump : IDisposable
{
    private TestPump(Func<MonotonicTime, Session> session, TestStream stream)
    {
        Clock = new MonotonicClock(Time);
        Session = session(Clock.Now);
        Owner = new TestOwner(Session, Clock);
        Stream = stream;
        Pump = new SessionPump(stream, transport: null, Session, Owner, Clock);
    }

    /// <summary>Bounds a failure; a success takes milliseconds.</summary>
    public static TimeSpan Patience => TimeSpan.FromSeconds(60);

    public ManualTime Time { get; } = new();

    public MonotonicClock Clock { get; }

    public Session Session { get; }

    public TestOwner Owner { get; }

    public TestStream Stream { get; }

    public SessionPump Pump { get; }

    public Task Running { get; private set; } = Task.CompletedTask;

    public static TestPump Server(TestStream? stream = null) =>
        new(now => Parts.Server(now, AuthenticationMethod.ChapMd5), stream ?? new TestStream());

    public static TestPump Client(TestStream stream) =>
        new(now => Parts.Client(now, Parts.Password, AuthenticationMethod.ChapMd5), stream);

    /// <summary>A server and a client that have come to an open call.</summary>
    /// <param name="readLimit">Bytes that one read gives at most.</param>
    public static async Task<(TestPump Server, TestPump Client)> ConnectedAsync(int readLimit = int.MaxValue)
    {
        var (near, far) = (new TestStream { ReadLimit = readLimit }, new TestStream { ReadLimit = readLimit });
        (near.Other, far.Other) = (far, near);
        var (server, client) = (Server(near), Client(far));
        server.Start();
        client.Start();
        await Task.WhenAll(server.Owner.Opened, client.Owner.Opened).WaitAsync(Patience);
        return (server, client);
    }

    public void Start(ReadOnlyMemory<byte> received = default, CancellationToken abandon = default) =>
        Running = Pump.RunAsync(received, abandon);

    /// <summary>Waits until the session and its pump are over, and tells why.</summary>
    public async Task<SessionEnd> EndAsync()
    {
        await Running.WaitAsync(Patience);
        return Session.End ?? throw new InvalidOperationException("the pump stopped before the session was over");
    }

    public void Dispose() => Pump.Dispose();
}
