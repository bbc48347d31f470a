using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using EndToEnd.Tests.RawClient;
using TestSupport.Certificates;
using TestSupport.Prerequisites;
using TestSupport.Waiting;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Operation;

public sealed class CertificateTests(ITestOutputHelper report) : Scenario(report)
{
    private const string Loads = "sstp_gateway_certificate_loads_total";

    [RequiresFact("ip", "ping")]
    public async Task A_certificate_replaced_during_a_transfer_is_shown_to_new_handshakes_and_the_call_goes_on()
    {
        var client = Dial();
        await client.WaitForRoutesAsync();
        var session = await SessionAsync();
        await using var transfer = Transfer.Start(Laboratory.Inside, Laboratory.InsideHost, client.Namespace);
        await transfer.WaitForProgressAsync(1 << 20);

        var next = Laboratory.Authority.Issue(Laboratory.GatewayName);
        Assert.NotEqual(next.Sha256, await ShownAsync());
        Gateway.Files.ReplaceCertificate(next);
        await WaitUntilShownAsync(next);

        await transfer.WaitForProgressAsync(1 << 20);
        await transfer.FinishAsync();
        Assert.Equal(session, await SessionAsync());

        // The crypto binding of a new call is about the new certificate.
        var other = Dial("bob", Laboratory.Other);
        await other.WaitForRoutesAsync();
        await PingAsync(other, Laboratory.InsideHost);
    }

    [RequiresFact("ip", "ping")]
    public async Task A_certificate_replaced_between_handshake_and_binding_does_not_break_the_binding()
    {
        await using var early = await RawLogIn.AuthenticateAsync(Laboratory.Client.Namespace);
        var next = Laboratory.Authority.Issue(Laboratory.GatewayName);
        Gateway.Files.ReplaceCertificate(next);
        await WaitUntilShownAsync(next);

        await early.Call.SendAsync(early.CallConnected());
        await early.OpenIpcpAsync();
        await Admin.WaitForSessionsAsync(1, Soon);
    }

    [RequiresFact("ip", "ping")]
    public async Task A_pair_that_does_not_belong_together_is_refused_and_the_old_one_stays()
    {
        var shown = await ShownAsync();
        var refused = await Admin.MetricAsync(Loads, "result=\"refused\"");
        var next = Laboratory.Authority.Issue(Laboratory.GatewayName);

        Gateway.Files.ReplaceCertificate(next with { KeyPem = Laboratory.Authority.Issue(Laboratory.GatewayName).KeyPem });
        await Eventually.TrueAsync(
            "the pair to be refused", Soon, async () => await Admin.MetricAsync(Loads, "result=\"refused\"") > refused);

        Assert.Equal(shown, await ShownAsync());
        await Dial().WaitForAddressAsync();
        Gateway.Files.ReplaceCertificate(next);
        await WaitUntilShownAsync(next);
    }

    private Task WaitUntilShownAsync(IssuedCertificate certificate) =>
        Eventually.TrueAsync("the new certificate to be shown", Soon, async () => await ShownAsync() == certificate.Sha256);

    private async Task<string> ShownAsync()
    {
        await using var call = await RawCall.ConnectAsync(Laboratory.Client.Namespace);
        return Convert.ToHexString(call.CertificateHash);
    }

    private async Task<string> SessionAsync()
    {
        var session = Assert.Single(await Admin.SessionsAsync());
        return $"{session.GetProperty("id")} {session.GetProperty("since")}";
    }
}
