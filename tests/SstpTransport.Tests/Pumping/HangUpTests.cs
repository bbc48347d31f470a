using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using SstpProtocol;
using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sessions;
using SstpProtocol.Tests.Sessions;
using SstpTransport.Polling;
using SstpTransport.Pumping;
using SstpTransport.Tests.Tls;
using TestSupport.Time;
using TestSupport.Waiting;

namespace SstpTransport.Tests.Pumping;

/// <summary>
/// <see cref="SslStream.ShutdownAsync"/> has OpenSSL read, and does so without the lock that guards its other reads: beside a
/// read of another thread it corrupts the heap within some thousand calls, which took the load
/// client down when many busy calls hung up.
/// </summary>
public sealed class HangUpTests : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    private readonly PollerGroup _pollers = new(2);

    public void Dispose() => _pollers.Dispose();

    [Fact]
    public async Task Whoever_ends_a_busy_call_its_connection_is_read_shut_down_and_closed_by_one_thread()
    {
        using var certificate = TestTls.SelfSigned();
        var shutDown = 0;
        // Virtual time may end what both still wait for before the last write is done: then nothing is shut down in that round.
        for (var round = 0; round < 8 || (shutDown == 0 && round < 100); round++)
        {
            var (serverTls, clientTls) = await ConnectAsync(certificate);
            using var server = new BusyEnd(serverTls, now => Parts.Server(now, AuthenticationMethod.ChapMd5));
            using var client = new BusyEnd(clientTls, now => Parts.Client(now, Parts.Password, AuthenticationMethod.ChapMd5));
            await Task.WhenAll(server.Owner.Opened, client.Owner.Opened).WaitAsync(TestPump.Patience);
            // Each packet is answered, so that both ends read while one of them ends it.
            server.Owner.OnForward = () => server.Send();
            client.Owner.OnForward = () => client.Send();
            for (var i = 0; i < 8; i++) client.Send();

            var who = round % 2 == 0 ? server : client;
            who.Pump.Command((session, now) => Disconnect(session, now));
            // What is left once both have said good-bye is the time they give each other.
            await Eventually.TrueAsync(
                "the end of both", TestPump.Patience, () => Task.FromResult(server.IsOverAfter(Beat) & client.IsOverAfter(Beat)));

            shutDown += who.Tls.IsShutDown ? 1 : 0;
            Assert.Empty(serverTls.Tls.Elsewhere.Concat(clientTls.Tls.Elsewhere));
        }

        Assert.NotEqual(0, shutDown);
    }

    private static void Disconnect(Session session, MonotonicTime now)
    {
        var end = new SessionEnd(SessionEndCause.LocalDisconnect, "the test is over");
        if (session is ServerSession server) server.Disconnect(end, now);
        else ((ClientSession)session).Disconnect(end, now);
    }

    private async Task<((WatchedTls Tls, PolledStream Transport) Server,
        (WatchedTls Tls, PolledStream Transport) Client)> ConnectAsync(
        X509Certificate2 certificate)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var near = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        near.Connect(listener.LocalEndPoint!);
        var (clientTransport, serverTransport) =
            (new PolledStream(near, _pollers.Next()), new PolledStream(listener.Accept(), _pollers.Next()));
        var (client, server) = (new WatchedTls(clientTransport), new WatchedTls(serverTransport));
        await Task.WhenAll(
            server.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificate = certificate, AllowTlsResume = false }),
            client.AuthenticateAsClientAsync(TestTls.Client(certificate))).WaitAsync(TestPump.Patience);
        return ((server, serverTransport), (client, clientTransport));
    }

    private sealed class BusyEnd : IDisposable
    {
        private static readonly byte[] Packet = [0x45, .. new byte[1399]];

        private readonly ManualTime _time = new();
        private readonly MonotonicClock _clock;

        public BusyEnd((WatchedTls Tls, PolledStream Transport) connection, Func<MonotonicTime, Session> session)
        {
            Tls = connection.Tls;
            _clock = new MonotonicClock(_time);
            var made = session(_clock.Now);
            Owner = new TestOwner(made, _clock) { Keeps = false };
            Pump = new SessionPump(Tls, connection.Transport, made, Owner, _clock);
            Tls.Watches = true;
            Running = Pump.RunAsync(default, CancellationToken.None);
        }

        public WatchedTls Tls { get; }

        public TestOwner Owner { get; }

        public SessionPump Pump { get; }

        public Task Running { get; }

        public void Send()
        {
            Pump.Egress.TryEnqueue(PppProtocol.Ipv4, Packet);
            Pump.Egress.Flush();
        }

        public bool IsOverAfter(TimeSpan passed)
        {
            _time.Advance(passed);
            Pump.Tick(_clock.Now);
            return Running.IsCompleted;
        }

        public void Dispose() => Pump.Dispose();
    }
}
