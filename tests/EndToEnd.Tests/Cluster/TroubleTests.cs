using System.Net;
using System.Text.Json.Nodes;
using EndToEnd.Tests.Network;
using TestSupport.Prerequisites;

namespace EndToEnd.Tests.Cluster;

/// <summary>What is wrong is in the status, with what to do, as far as it can be brought about on one host;
/// each goes when its cause does.</summary>
/// <remarks>Every other cause (images, Pod Security, TUN, names) is a case in tests/Operator.Tests/Gateways/Golden.</remarks>
public sealed class TroubleTests
{
    private const string UsersPath = "/api/v1/namespaces/default/secrets/users";
    private const string OtherPath = $"{ClusterSite.GatewaysPath}/other";

    [RequiresFact("ip")]
    public async Task Each_trouble_has_a_reason_that_a_person_can_act_on_and_goes_with_its_cause()
    {
        await using var site = await ClusterSite.StartAsync(serverRunsPods: true);

        // The port of the calls belongs to something else: the gateway ends at once, and again.
        using (site.Laboratory.GatewayNamespace.Listen(new IPEndPoint(IPAddress.Any, 443)))
        {
            await site.PutUsersAsync("alice");
            await site.PutCertificateAsync(site.Laboratory.Authority.Issue(Laboratory.GatewayName));
            await site.PutGatewayAsync();
            await UntilReasonAsync(site, "PortInUse", "give another one in listening.port");
        }

        await site.UntilSettledAsync("the gateway, once the port is free");

        await site.PutSecretAsync(
            "users", "Opaque", new JsonObject { ["users.yaml"] = ClusterSite.Encode("users: [{name: alice}]\n") });
        await UntilReasonAsync(site, "UsersSecretMalformed", "The last good configuration keeps running");
        await site.Api.DeleteAsync(UsersPath);
        await UntilReasonAsync(site, "UsersSecretNotFound", "make it with the key users.yaml");
        await site.PutUsersAsync("alice");
        await site.UntilSettledAsync("the users again");

        await site.PutCertificateAsync(site.Laboratory.Authority.Issue("another.example.test"));
        await UntilReasonAsync(site, "HostnameNotCovered", "does not cover vpn.example.test");
        await site.PutCertificateAsync(site.Laboratory.Authority.Issue(Laboratory.GatewayName));
        await site.UntilSettledAsync("a certificate for the name again");

        // One address for callers, and somebody has it.
        await site.ChangePoolsAsync("10.99.0.0/30");
        await site.UntilSettledAsync("the small pool");
        await using (var alice = site.Dial(site.Laboratory.Client, "alice"))
        {
            await alice.WaitForAddressAsync();
            await UntilReasonAsync(site, "PoolExhausted", "add one to addressing.pools4");
            alice.Interrupt();
        }

        await site.UntilSettledAsync("the address to be free again");

        // The younger of two that want the same gives way, and names the older.
        await site.PutGatewayAsync("other");
        await site.UntilAsync("the clash to be told", OtherPath, (_, status) =>
            ClusterSite.Condition(status, "Ready", "reason") == "HostClash"
            && ClusterSite.Condition(status, "Ready", "message")!
                .Contains("VpnGateway default/home uses the same nodes and listening.port 443", StringComparison.Ordinal));
        Assert.Equal("True", ClusterSite.Condition(await site.StatusAsync(), "Ready", "status"));
    }

    private static Task UntilReasonAsync(ClusterSite site, string reason, string advice) =>
        site.UntilAsync($"the reason {reason}", (_, status) =>
            ClusterSite.Condition(status, "Ready", "status") == "False"
            && ClusterSite.Condition(status, "Ready", "reason") == reason
            && ClusterSite.Condition(status, "Ready", "message")!.Contains(advice, StringComparison.Ordinal));
}
