using System.Net;
using TestSupport.Processes;
using TestSupport.Waiting;

namespace Interop.Tests.Guest;

/// <summary>A call of Debian's sstpc and pppd in the guest. What is known of it
/// is read from their own logs and from ppp0.</summary>
public sealed class SstpcCall : IAsyncDisposable
{
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(10);
    private static int _calls;

    private readonly GuestMachine _guest;
    private readonly string _name;
    private readonly Task<CommandResult> _pppd;

    private SstpcCall(GuestMachine guest, SstpcOptions options)
    {
        _guest = guest;
        _name = $"call{Interlocked.Increment(ref _calls)}";
        _pppd = guest.TryRunAsync(Script(options), LongestCall);
    }

    public static SstpcCall Dial(GuestMachine guest, SstpcOptions options) => new(guest, options);

    /// <summary>Waits until IPCP has given ppp0 an address.</summary>
    public async Task<IPAddress> WaitForAddressAsync(TimeSpan deadline)
    {
        var address = await Eventually.GetAsync("an address on ppp0", deadline, async () =>
        {
            if (_pppd.IsCompleted) throw new CommandFailedException($"pppd ended: {(await _pppd).Output}");

            var line = await _guest.RunAsync("ip -oneline -4 address show dev ppp0 2>/dev/null || true");
            return line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .SkipWhile(word => word != "inet").Skip(1).FirstOrDefault();
        });
        return IPAddress.Parse(address.Split('/')[0]);
    }

    /// <summary>Waits until pppd has ended by itself.</summary>
    /// <returns>Its exit status (pppd(8), "EXIT STATUS").</returns>
    public async Task<int> WaitForEndAsync(TimeSpan deadline) => (await _pppd.WaitAsync(deadline)).ExitCode;

    public Task<string> PppLogAsync() => _guest.RunAsync($"cat /run/calls/{_name}.pppd 2>/dev/null || true");

    public Task<string> SstpLogAsync() => _guest.RunAsync($"cat /run/calls/{_name}.sstpc 2>/dev/null || true");

    public Task WaitForPppLogAsync(string text, TimeSpan deadline) =>
        Eventually.TrueAsync($"\"{text}\" in pppd's log", deadline, async () =>
            (await PppLogAsync()).Contains(text, StringComparison.Ordinal));

    public Task WaitForSstpLogAsync(string text, TimeSpan deadline) =>
        Eventually.TrueAsync($"\"{text}\" in sstpc's log", deadline, async () =>
            (await SstpLogAsync()).Contains(text, StringComparison.Ordinal));

    /// <summary>Hangs up as a user does, and waits until ppp0 is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        await _guest.RunAsync($"kill $(head -n 1 /run/ppp-{_name}.pid) 2>/dev/null || true");
        await _pppd;
    }

    /// <summary>Takes away the delay that <see cref="Script"/> puts on the guest's network,
    /// for tests that wait for throughput.</summary>
    public static Task WithoutDelayAsync(GuestMachine guest) => guest.RunAsync("tc qdisc delete dev vec0 root");

    // A network's delay: sstpc 1.0.18 waits for ever when the server's half of the TLS handshake is there before it first
    // looks for it, which on a machine without any delay it sometimes is.
    private string Script(SstpcOptions options) => $$"""
        tc qdisc replace dev vec0 root netem delay 20ms limit 10000
        exec pppd nodetach debug logfile /run/calls/{{_name}}.pppd linkname {{_name}} unit 0 \
          noauth nodefaultroute usepeerdns mtu 1400 +ipv6 \
          {{RefusedMethods(options.Method)}} \
          user '{{options.User}}' password '{{options.Password}}' \
          {{(options.Persist ? "persist maxfail 0 holdoff 1" : "maxfail 1")}} \
          plugin sstp-pppd-plugin.so sstp-sock /run/sstpc/sstpc-{{_name}} ipparam {{_name}} \
          pty "exec sstpc --nolaunchpppd --ipparam {{_name}} --ca-cert /run/authority.pem --tls-ext \
            --log-level 4 --log-stderr {{options.Server}} 2>>/run/calls/{{_name}}.sstpc"
        """;

    private static string RefusedMethods(SstpcMethod method) => method switch
    {
        SstpcMethod.Pap => "refuse-eap refuse-chap refuse-mschap refuse-mschap-v2",
        SstpcMethod.MsChapV2 => "refuse-eap refuse-pap refuse-chap refuse-mschap",
        SstpcMethod.EapMsChapV2 => "refuse-pap refuse-chap refuse-mschap refuse-mschap-v2",
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "no such method"),
    };
}
