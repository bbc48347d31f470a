using GatewayConfig.Authentication;
using GatewayConfig.Channel;
using SstpGateway.Admin;
using SstpGateway.Listening;
using SstpGateway.Metrics;
using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Ppp.Authentication.Chap;
using SstpProtocol.Ppp.Authentication.Eap;
using SstpProtocol.Ppp.Authentication.MsChap;
using SstpProtocol.Ppp.Authentication.Pap;
using SstpProtocol.Sessions;
using SstpProtocol.Sstp;
using SstpTransport.Pumping;

namespace SstpGateway.Sessions;

/// <summary>Takes calls on, keeps time for all of them, and ends them.</summary>
public sealed class SessionHost(SessionServices services, SessionTable table) : ISessionDirectory
{
    /// <summary>The finest step any of the protocols' timers needs is a second.</summary>
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromMilliseconds(250);

    // 50 a second: their redials must not stampede the gateways that remain.
    private const int FarewellsPerBeat = 12;

    // LCP Terminate (3 s) and CALL_DISCONNECT (5 s) may each go unanswered (MS-SSTP 3.1.2, RFC 1661 4.6).
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(9);

    private readonly SessionTraffic _endedTraffic = new();
    private readonly RareLine _visitors = new(services.Clock.Time);

    /// <summary>No new calls are taken.</summary>
    public bool IsDraining { get; private set; }

    public bool IsFull => table.Count >= services.Configuration().Limits.Calls;

    /// <summary>Carries one call from its HTTP request to its end.</summary>
    /// <param name="call">The connection, whose request has been answered.</param>
    /// <param name="surplus">SSTP that came with the request.</param>
    /// <param name="place">Counts the connection as pending until the user is known.</param>
    /// <param name="abandon">Ends the call at once.</param>
    public async Task RunAsync(
        IncomingCall call, ReadOnlyMemory<byte> surplus, ConnectionLimiter.Place place, CancellationToken abandon)
    {
        var config = services.Configuration();
        var session = new ServerSession(
            new ServerSessionSettings
            {
                // One limit for the whole way to an address: no step may take longer, and none has to be quicker.
                Call = new ServerCallSettings { CallConnectedTimeout = config.Limits.NegotiationTimeout },
                Link = new ServerLinkSettings
                {
                    Methods = LinkMethods(config.Authentication.Methods),
                    AuthenticationTimeout = config.Limits.NegotiationTimeout,
                },
                NegotiationTimeout = config.Limits.NegotiationTimeout,
            },
            call.Certificate,
            NewAuthenticator,
            CryptographicRandomBytes.Instance,
            services.Clock.Now);

        using var gatewaySession = new GatewaySession(table.NextId(), call, services, table, place, session, _visitors);
        table.Add(gatewaySession);
        try
        {
            await gatewaySession.RunAsync(surplus, abandon).ConfigureAwait(false);
        }
        finally
        {
            table.Remove(gatewaySession);
            _endedTraffic.Add(gatewaySession.Traffic);
        }
    }

    /// <summary>Lets time pass for every call until told to stop: one timer for all of them.</summary>
    public async Task RunHeartbeatAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(HeartbeatInterval, services.Clock.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false))
            {
                var now = services.Clock.Now;
                foreach (var session in table.All) session.Tick(now);
            }
        }
        catch (OperationCanceledException)
        {
            // The gateway stops; calls have been ended before.
        }
    }

    /// <summary>Takes no new calls, lets those that are up go on for a while, then tells
    /// each to go and waits until they have gone.</summary>
    /// <param name="time">How long they may go on.</param>
    /// <param name="hurry">Ends the waiting and the pauses.</param>
    public async Task DrainAsync(TimeSpan time, CancellationToken hurry)
    {
        IsDraining = true;
        SessionLog.Draining(services.Logger, table.Count, time);
        var deadline = services.Clock.Now + time;
        while (table.Count > 0 && services.Clock.Now < deadline && !hurry.IsCancellationRequested)
            await PauseAsync(hurry).ConfigureAwait(false);

        SessionLog.TellingCallsToGo(services.Logger, table.Count);
        var reason = new SessionEnd(SessionEndCause.LocalDisconnect, "the gateway is stopping");
        foreach (var batch in table.All.ToArray().Chunk(FarewellsPerBeat))
        {
            foreach (var session in batch) session.Disconnect(reason);
            await PauseAsync(hurry).ConfigureAwait(false);
        }

        var lastWord = services.Clock.Now + FarewellTime;
        while (table.Count > 0 && services.Clock.Now < lastWord) await PauseAsync(CancellationToken.None).ConfigureAwait(false);
        if (table.Count > 0) SessionLog.EndingCalls(services.Logger, table.Count);
    }

    /// <summary>Sums over calls that are up and calls that have ended.</summary>
    public TrafficTotals Totals()
    {
        var sum = new SessionTraffic();
        sum.Add(_endedTraffic);
        foreach (var session in table.All) sum.Add(session.Traffic);
        return new TrafficTotals(
            sum.FromClient,
            sum.ToClient,
            Enum.GetValues<PacketDrop>().ToDictionary(reason => reason, sum.Drops));
    }

    public IReadOnlyList<SessionReport> List() =>
    [
        .. from session in table.All
           let since = session.Since
           where since is not null
           orderby session.Id
           select new SessionReport(
               session.Id, session.User!.Name, session.Source.ToString(),
               session.Address4?.ToString(), session.Prefix6?.ToString(),
               since.Value, session.Traffic.FromClient.Bytes, session.Traffic.ToClient.Bytes, session.ClientName,
               session.TlsVersion, session.Method.ToString()!),
    ];

    public bool TryDisconnect(long id)
    {
        if (table.Find(id) is not { } session) return false;
        session.Disconnect(new SessionEnd(SessionEndCause.LocalDisconnect, "disconnected by an administrator"));
        return true;
    }

    private async Task PauseAsync(CancellationToken hurry)
    {
        try
        {
            await Task.Delay(HeartbeatInterval, services.Clock.Time, hurry).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // In a hurry: go on without the pause. The loops that wait end by the table or by their deadline.
            await Task.Yield();
        }
    }

    private static List<AuthenticationMethod> LinkMethods(IReadOnlyList<MethodName> names) =>
    [
        .. names.Select(name => name switch
        {
            MethodName.EapMsChapV2 => AuthenticationMethod.Eap,
            MethodName.MsChapV2 => AuthenticationMethod.MsChapV2,
            MethodName.ChapMd5 => AuthenticationMethod.ChapMd5,
            _ => AuthenticationMethod.Pap,
        }),
    ];

    private Authenticator NewAuthenticator(AuthenticationMethod method, PppFrameQueue output)
    {
        var settings = new AuthenticatorSettings();
        var random = CryptographicRandomBytes.Instance;
        return method switch
        {
            AuthenticationMethod.Pap => new PapAuthenticator(settings, output),
            AuthenticationMethod.ChapMd5 => new ChapMd5Authenticator(settings, output, random),
            AuthenticationMethod.MsChapV2 => new MsChapV2Authenticator(settings, output, random),
            _ => new EapAuthenticator(settings, output, random, [new EapMsChapV2Method(settings, random)]),
        };
    }
}
