using SstpClient.Calls;
using SstpClient.Dialing;
using SstpProtocol.Sessions;
using SstpTransport.Polling;
using SstpTransport.Pumping;
using SstpTransport.Tun;

namespace SstpClient.Connect;

/// <summary>The tunnel of <c>sstp-client connect</c>: places the call, sets up this host's network for it,
/// and calls again if told to.</summary>
public sealed class TunnelClient(ConnectSettings settings, MonotonicClock clock, Action<string> tell)
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    /// <summary>Runs until the call is over, or, with redialling, until told to hang up.</summary>
    /// <returns>How the last call ended; null when it never came about and the user has been told why.</returns>
    public async Task<SessionEnd?> RunAsync(CancellationToken hangUp)
    {
        using var resolver = new ResolverSetup("/etc/resolv.conf", $"/run/sstp-client/{settings.Device}.resolv.conf");
        if (settings.ConfigureDns && resolver.Recover()) tell("put back /etc/resolv.conf that an earlier run had changed");

        var pause = FirstPause;
        while (true)
        {
            SessionEnd? end = null;
            try
            {
                end = await CallAsync(resolver, () => pause = FirstPause, hangUp).ConfigureAwait(false);
                tell($"disconnected: {end.Detail}");
            }
            catch (DialException e)
            {
                tell(e.Message);
            }
            catch (OperationCanceledException) when (hangUp.IsCancellationRequested)
            {
                return null;
            }

            // A refused password does not get better by repeating; it only locks the account.
            if (!settings.Redial || hangUp.IsCancellationRequested || end?.Cause == SessionEndCause.AuthenticationFailed)
                return end;
            tell($"calling again in {pause.TotalSeconds:0} s");
            try
            {
                await Task.Delay(pause, clock.Time, hangUp).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return end;
            }

            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<SessionEnd> CallAsync(ResolverSetup resolver, Action connected, CancellationToken hangUp)
    {
        using var device = TunDevice.Open(settings.Device, 1, WantedOffloads.FromEnvironment());
        using var poller = new Poller(0);
        using var network = new NetworkSetup(device, settings);
        var tunnel = new Tunnel(device.Queues[0], device.Offloads);
        using var call = await Call.PlaceAsync(settings.Call, tunnel, poller, clock, hangUp).ConfigureAwait(false);
        tell(
            $"{call.Server} answers with "
            + $"{(call.TlsVersion == System.Security.Authentication.SslProtocols.Tls13 ? "TLS 1.3" : "TLS 1.2")}");

        using var over = new CancellationTokenSource();
        using var registration = hangUp.Register(call.HangUp);
        var ticking = TickAsync(call, tunnel.Inquiry, over.Token);
        tunnel.StartReading(call, poller);
        var wasUp = false;
        try
        {
            await foreach (var news in tunnel.News.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                if (news is NetworkNews.Ipv4 or NetworkNews.Ipv6) wasUp = true;
                if (news is NetworkNews.Ipv4) connected();
                foreach (var line in network.Apply(news, call.Server.Address)) tell(line);
                if (settings.ConfigureDns && Resolve(resolver, news) is { } done) tell(done);
            }

            var end = await call.Ended.ConfigureAwait(false);
            // However politely it was said: a tunnel that was never there is a failure.
            return wasUp || end.Cause != SessionEndCause.PeerDisconnected
                ? end
                : new SessionEnd(SessionEndCause.Refused, $"the server ended the call before it was up: {end.Detail}");
        }
        finally
        {
            call.HangUp();
            await call.Ended.ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            await ticking.ConfigureAwait(false);
            tunnel.StopReading();
        }
    }

    private static string? Resolve(ResolverSetup resolver, NetworkNews news) => news switch
    {
        NetworkNews.Ipv4 ipv4 => resolver.Apply(ipv4.Opened.Dns, []),
        NetworkNews.Dhcp dhcp => resolver.Apply(dhcp.DnsServers, dhcp.SearchDomains),
        NetworkNews.Router router => resolver.Apply(router.DnsServers, router.SearchDomains),
        _ => null,
    };

    private async Task TickAsync(Call call, TunnelInquiry inquiry, CancellationToken over)
    {
        using var timer = new PeriodicTimer(TickInterval, clock.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(over).ConfigureAwait(false))
            {
                var now = clock.Now;
                call.Tick(now);
                inquiry.Tick(call, now);
            }
        }
        catch (OperationCanceledException)
        {
            // The call is over.
        }
    }
}
