using System.Net;
using Interop.Tests.Guest;
using Interop.Tests.Network;
using TestSupport.Prerequisites;
using TestSupport.Waiting;
using Xunit.Abstractions;

namespace Interop.Tests.Scenarios;

/// <summary>Data through the tunnel, both ways, judged by hashes made on either side.</summary>
public sealed class TransferTests(Laboratory laboratory, ITestOutputHelper report) : GuestScenario(laboratory, report)
{
    private const int Amount = 64 << 20;
    private static readonly TimeSpan TransferDeadline = TimeSpan.FromMinutes(4);

    [RequiresFact("linux.uml", "sstpc", "pppd", "ping")]
    public async Task Packets_as_large_as_the_MTU_pass_both_ways()
    {
        var address = await DialAsync();

        // 1372 and the headers of ICMP (8) and IPv4 (20) are 1400.
        await Guest.RunAsync($"ping -M do -s 1372 -c 3 -i 0.2 -W 5 {Laboratory.InsideHost}");
        await Laboratory.Inside.RunAsync("ping", "-M", "do", "-s", "1372", "-c", "3", "-i", "0.2", "-W", "5", $"{address}");
    }

    [RequiresFact("linux.uml", "sstpc", "pppd", "ping")]
    public async Task A_packet_larger_than_the_MTU_is_refused_by_the_client_itself()
    {
        await DialAsync();

        var tooLarge = await Guest.TryRunAsync($"ping -M do -s 1373 -c 1 -W 2 {Laboratory.InsideHost}", Soon);

        Assert.NotEqual(0, tooLarge.ExitCode);
        Assert.Contains("mtu=1400", tooLarge.Output.Replace(" = ", "=", StringComparison.Ordinal));
    }

    [RequiresFact("linux.uml", "sstpc", "pppd", "sha256sum")]
    public async Task Sixty_four_MiB_up_arrive_as_they_were()
    {
        await DialAsync();
        using var timer = new CancellationTokenSource(TransferDeadline);
        using var server = new TransferServer(Laboratory.Inside, Laboratory.InsideHost);

        var received = server.ReceiveAsync(timer.Token);
        var sent = await Guest.TryRunAsync($"""
            head -c {Amount} /dev/urandom >/run/upload && sha256sum </run/upload &&
            cat /run/upload >/dev/tcp/{Laboratory.InsideHost}/{server.EndPoint.Port}; status=$?; rm /run/upload; exit $status
            """, TransferDeadline);

        Assert.StartsWith(await received, sent.Expect());
        Assert.Equal(Amount, server.Bytes);
    }

    [RequiresFact("linux.uml", "sstpc", "pppd", "sha256sum")]
    public async Task Sixty_four_MiB_down_arrive_as_they_were_while_the_certificate_is_replaced()
    {
        await DialAsync();
        using var timer = new CancellationTokenSource(TransferDeadline);
        using var server = new TransferServer(Laboratory.Inside, Laboratory.InsideHost);
        var pppdBefore = await Guest.RunAsync("cat /run/ppp0.pid");

        var sent = server.SendAsync(Amount, timer.Token);
        var received = Guest.TryRunAsync($"sha256sum </dev/tcp/{Laboratory.InsideHost}/{server.EndPoint.Port}", TransferDeadline);
        await Eventually.TrueAsync("the transfer to be under way", Soon, () => Task.FromResult(server.Bytes > Amount / 16));
        var replacement = Laboratory.Authority.Issue(Laboratory.GatewayName);
        Gateway.Files.ReplaceCertificate(replacement);
        await Eventually.TrueAsync("new connections to see the new certificate", Soon, async () =>
            await ServedCertificate.Sha256Async(Laboratory.GatewayNamespace, new IPEndPoint(Laboratory.Outside, 443))
                == replacement.Sha256);
        Assert.True(server.Bytes < Amount, "the transfer was over before the certificate was replaced");

        Assert.StartsWith(await sent, (await received).Expect());
        Assert.Equal(pppdBefore, await Guest.RunAsync("cat /run/ppp0.pid"));
        await HangUpAsync();

        // The binding covers the certificate, so a log-in now proves that the client saw the new one.
        await DialAsync();
    }

    private async Task<IPAddress> DialAsync()
    {
        var call = Dial(new SstpcOptions());
        var address = await call.WaitForAddressAsync(Soon);
        await Guest.RunAsync($"ip route replace {Laboratory.InsideNetwork} dev ppp0");
        // The first packet passes once the crypto binding is verified, which may be a moment after the address.
        await Guest.RunAsync($"ping -c 1 -W 5 {Laboratory.InsideHost}");
        await SstpcCall.WithoutDelayAsync(Guest);
        return address;
    }
}
