using System.Net;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using EndToEnd.Tests.RawClient;
using TestSupport.Prerequisites;
using TestSupport.Waiting;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Tls;

/// <summary>The settings of the listener, on the running program.</summary>
public sealed class ConfiguredTlsTests(ConfiguredTlsTests.TwoFamilies site, ITestOutputHelper report)
    : Scenario(report, site), IClassFixture<ConfiguredTlsTests.TwoFamilies>
{
    private const byte Alert = 0x15;
    private const ushort EcdheEcdsaAes128Gcm = 0xC02B;
    private const ushort EcdheEcdsaAes128Sha = 0xC009;
    private const ushort RsaAes128Sha = 0x002F;
    private const ushort RsaAes128Gcm = 0x009C;

    private static readonly IPEndPoint Gateway6 = IPEndPoint.Parse("[2001:db8:1::1]:443");

    [RequiresFact("ip", "ping")]
    public async Task A_minimum_of_TLS_1_3_refuses_TLS_1_2_and_takes_calls()
    {
        Gateway.Files.Write(site.Options with { MinimumVersion = "tls13" });

        await Eventually.TrueAsync("TLS 1.2 to be refused", Soon, async () =>
            // protocol_version
            await HelloAnswer.AskAsync(Laboratory, 0x0303, EcdheEcdsaAes128Gcm) is [Alert, _, _, _, _, 2, 70]);
        var client = Dial();
        await client.WaitForRoutesAsync();
        await PingAsync(client, Laboratory.InsideHost);
    }

    [RequiresFact("ip")]
    public async Task The_policy_for_old_RouterOS_takes_CBC_suites_also_without_forward_secrecy_and_nothing_worse()
    {
        Gateway.Files.Write(site.Options with { Policy = "legacyRouterOs" });
        await Eventually.TrueAsync("a CBC suite to be taken", Soon, async () =>
            HelloAnswer.SuiteOf(await HelloAnswer.AskAsync(Laboratory, 0x0303, EcdheEcdsaAes128Sha)) == EcdheEcdsaAes128Sha);

        // Whoever offers better gets better; RSA without AEAD is for RouterOS, RSA with AEAD was never asked for.
        Assert.Equal(
            EcdheEcdsaAes128Gcm,
            HelloAnswer.SuiteOf(await HelloAnswer.AskAsync(Laboratory, 0x0303, EcdheEcdsaAes128Sha, EcdheEcdsaAes128Gcm)));
        Gateway.Files.ReplaceCertificate(Laboratory.Authority.Issue(Laboratory.GatewayName, rsa: true));
        await Eventually.TrueAsync("a suite without forward secrecy to be taken", Soon, async () =>
            HelloAnswer.SuiteOf(await HelloAnswer.AskAsync(Laboratory, 0x0303, RsaAes128Sha)) == RsaAes128Sha);
        Assert.Null(HelloAnswer.SuiteOf(await HelloAnswer.AskAsync(Laboratory, 0x0303, RsaAes128Gcm)));

        Gateway.Files.ReplaceCertificate(Laboratory.Authority.Issue(Laboratory.GatewayName));
        Gateway.Files.Write(site.Options);
        await Eventually.TrueAsync("CBC to be refused again", Soon, async () =>
            HelloAnswer.SuiteOf(await HelloAnswer.AskAsync(Laboratory, 0x0303, EcdheEcdsaAes128Sha)) is null);
    }

    [RequiresFact("ip")]
    public async Task Each_name_gets_its_certificate_and_a_call_over_any_of_them_is_bound_to_the_one_it_saw()
    {
        var first = Laboratory.Authority.Issue(Laboratory.GatewayName);
        var second = Laboratory.Authority.Issue("other.example.net");
        var wildcard = Laboratory.Authority.Issue("*.example.net");
        Gateway.Files.ReplaceCertificate(first);
        var more = string.Concat(new[] { ("second", second), ("wildcard", wildcard) }.Select(pair =>
            $", {{certificateFile: {Laboratory.Folder.Write(pair.Item1 + ".crt", pair.Item2.CertificatePem)}, keyFile: "
            + $"{Laboratory.Folder.Write(pair.Item1 + ".key", pair.Item2.KeyPem)}}}"));
        Gateway.Files.Write(site.Options with { MoreCertificates = more });
        await Eventually.TrueAsync(
            "the second certificate", Soon, async () => await ShownAsync("other.example.net") == second.Sha256);

        Assert.Equal(first.Sha256, await ShownAsync(Laboratory.GatewayName));
        Assert.Equal(wildcard.Sha256, await ShownAsync("third.example.net"));
        Assert.Equal(first.Sha256, await ShownAsync("unknown.example.com"));
        Assert.Equal(first.Sha256, await ShownAsync("192.0.2.1")); // an address is not sent as a name (RFC 6066 3)

        await using var logIn = await RawLogIn.StartAsync(
            await RawCall.ConnectAsync(Laboratory.Client.Namespace, Laboratory.Gateway, "third.example.net"));
        await logIn.ConnectAsync();
        await Admin.WaitForSessionsAsync(1, Soon);
    }

    [RequiresFact("ip")]
    public async Task Calls_come_in_over_IPv6()
    {
        await Laboratory.GatewayNamespace.IpAsync("address", "replace", "2001:db8:1::1/64", "dev", "client", "nodad");
        await Laboratory.Client.Namespace.IpAsync("address", "replace", "2001:db8:1::2/64", "dev", "uplink", "nodad");

        await using var logIn = await RawLogIn.StartAsync(
            await RawCall.ConnectAsync(Laboratory.Client.Namespace, Gateway6, Laboratory.GatewayName));
        await logIn.ConnectAsync();

        await Eventually.TrueAsync("the call", Soon, async () =>
            (await Admin.SessionsAsync()).Any(
                session => session.GetProperty("source").GetString()!.StartsWith("[2001:db8:1::2]:", StringComparison.Ordinal)));
    }

    private async Task<string> ShownAsync(string name)
    {
        await using var call = await RawCall.ConnectAsync(Laboratory.Client.Namespace, Laboratory.Gateway, name);
        return Convert.ToHexString(call.CertificateHash);
    }

    /// <summary>Listens on IPv4 and on IPv6.</summary>
    public sealed class TwoFamilies : Site
    {
        public override GatewayOptions Options { get; init; } = new() { Addresses = "[\"0.0.0.0:443\", \"[::]:443\"]" };
    }
}
