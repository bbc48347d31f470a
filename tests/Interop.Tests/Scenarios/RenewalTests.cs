using System.Net;
using Interop.Tests.Guest;
using Interop.Tests.Network;
using TestSupport.Prerequisites;
using TestSupport.Waiting;
using Xunit.Abstractions;

namespace Interop.Tests.Scenarios;

/// <summary>Certificates that are renewed, with another key each time, while calls carry packets.</summary>
public sealed class RenewalTests(Laboratory laboratory, ITestOutputHelper report) : GuestScenario(laboratory, report)
{
    private const int Renewals = 3;

    private const int Calls = 50;

    private static readonly IPEndPoint Gateway443 = new(Laboratory.Outside, 443);

    [RequiresFact("linux.uml", "sstpc", "pppd")]
    public async Task No_call_is_dropped_and_a_client_that_is_not_ours_logs_in_with_each_new_certificate()
    {
        await using var load = await LoadedCalls.DialAsync(Laboratory, "bob", Calls);
        var before = await IdentitiesAsync();
        Assert.Equal(Calls, before.Count);

        for (var renewal = 1; renewal <= Renewals; renewal++)
        {
            var next = Laboratory.Authority.Issue(Laboratory.GatewayName);
            Assert.NotEqual(next.Sha256, await ServedCertificate.Sha256Async(Laboratory.GatewayNamespace, Gateway443));
            Gateway.Files.ReplaceCertificate(next);
            await Eventually.TrueAsync("the new certificate to be shown", Soon, async () =>
                await ServedCertificate.Sha256Async(Laboratory.GatewayNamespace, Gateway443) == next.Sha256);

            // The crypto binding of this call is about the certificate that it was shown: another one's hash would end it.
            await using (var call = Dial(new SstpcOptions()))
            {
                await call.WaitForAddressAsync(TimeSpan.FromSeconds(60));
                await Guest.RunAsync(
                    $"ip route replace {Laboratory.InsideNetwork} dev ppp0 && ping -c 1 -W 5 {Laboratory.InsideHost}");
            }

            await EachCarriesMoreAsync();
        }

        Assert.Equal(before, (await IdentitiesAsync()).Where(before.Contains));
        var (lost, echoes, seconds, rate) = await load.FinishAsync();
        Report.WriteLine(
            $"{Calls} calls over {Renewals} renewals in {seconds:0} s: {lost} lost, {echoes} echoes, {rate:0} Mbit/s each way");
        Assert.Equal(0, lost);
        Assert.True(echoes > Calls, $"{echoes} echoes");
    }

    /// <summary>Every one of the calls carries packets after the renewal.</summary>
    private async Task EachCarriesMoreAsync()
    {
        var then = await BytesAsync();
        await Eventually.TrueAsync("packets of every call", TimeSpan.FromSeconds(60), async () =>
        {
            var now = await BytesAsync();
            return then.All(call => now.TryGetValue(call.Key, out var bytes) && bytes > call.Value);
        });
    }

    private async Task<IReadOnlyList<string>> IdentitiesAsync() =>
        [.. (await BobsAsync()).Select(session => $"{session.GetProperty("id")} {session.GetProperty("since")}")
            .Order(StringComparer.Ordinal)];

    private async Task<IReadOnlyDictionary<string, long>> BytesAsync() =>
        (await BobsAsync()).ToDictionary(
            session => session.GetProperty("id").ToString(), session => session.GetProperty("bytesFromClient").GetInt64());

    private async Task<IEnumerable<System.Text.Json.JsonElement>> BobsAsync() =>
        (await Gateway.SessionsAsync()).Where(session => session.GetProperty("user").GetString() == "bob");
}
