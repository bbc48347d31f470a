using System.Text.Json.Nodes;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using TestSupport.Prerequisites;
using TestSupport.Waiting;

namespace EndToEnd.Tests.Cluster;

/// <summary>What the product promises, with every program a process of its own.</summary>
public sealed class OperatorScenarios
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("SSTP_TEST_LONG") is { Length: > 0 };

    [RequiresFact("ip")]
    public async Task From_apply_to_delete_every_change_reaches_the_gateway_without_a_restart()
    {
        await using var site = await ClusterSite.StartAsync();
        await site.ApplyGatewayAsync();
        var process = site.Runner.ProcessId;
        await using var alice = site.Dial(site.Laboratory.Client, "alice");
        Assert.StartsWith("10.99.0.", (await alice.WaitForAddressAsync()).ToString(), StringComparison.Ordinal);

        // Another pool: a new call gets an address of it, and the old call is still there.
        await site.ChangeSpecAsync(new JsonObject { ["addressing"] = new JsonObject { ["pools4"] = new JsonArray("10.98.0.0/24") } });
        await site.UntilSettledAsync("the new pool");
        await using (var second = site.Dial(site.Laboratory.Other, "alice"))
        {
            Assert.StartsWith("10.98.0.", (await second.WaitForAddressAsync()).ToString(), StringComparison.Ordinal);
        }

        // Another user.
        await site.PutUsersAsync("alice", "bob");
        await Eventually.TrueAsync("bob to be let in", TimeSpan.FromSeconds(60), async () =>
        {
            await using var bob = site.Dial(site.Laboratory.Other, "bob");
            try
            {
                await bob.WaitForAddressAsync();
                return true;
            }
            catch (TestSupport.Processes.CommandFailedException)
            {
                return false;
            }
        });

        // Another certificate for the same name.
        var renewed = site.Laboratory.Authority.Issue(Laboratory.GatewayName);
        var before = (string?)(await site.StatusAsync())["certificateSerial"];
        await site.PutCertificateAsync(renewed);
        await site.UntilAsync("the new certificate", (_, status) =>
            (string?)status["certificateSerial"] != before
            && (string?)status["gateways"]?[0]?["certificateSerial"] == (string?)status["certificateSerial"]
            && ClusterSite.Condition(status, "Ready", "status") == "True");

        // A bad spec: said so, and what runs goes on.
        var good = (string?)(await site.StatusAsync())["gateways"]![0]!["configHash"];
        await site.ChangeSpecAsync(new JsonObject { ["addressing"] = new JsonObject { ["pools4"] = new JsonArray("10.97.0.0/24", "10.97.0.0/25") } });
        await site.UntilAsync("the refusal", (gateway, status) =>
            (long?)status["observedGeneration"] == (long)gateway["metadata"]!["generation"]!
            && ClusterSite.Condition(status, "SpecAccepted", "status") == "False");
        Assert.Equal(good, (string?)(await site.StatusAsync())["gateways"]![0]!["configHash"]);
        await using (var third = site.Dial(site.Laboratory.Other, "alice"))
        {
            Assert.StartsWith("10.98.0.", (await third.WaitForAddressAsync()).ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(process, site.Runner.ProcessId);
        Assert.False(alice.HasExited);

        // Gone, and all that was made for it.
        await site.Api.DeleteAsync(ClusterSite.GatewayPath);
        await Eventually.TrueAsync("the gateway to go", TimeSpan.FromSeconds(90), async () => await site.Api.GetAsync(ClusterSite.GatewayPath) is null);
        Assert.Null(site.Runner.ProcessId);
        Assert.Null(await site.Api.GetAsync("/api/v1/namespaces/default/secrets/home-config"));
        Assert.Null(await site.Api.GetAsync("/api/v1/namespaces/default/secrets/home-channel"));
        Assert.NotNull(await site.Api.GetAsync("/api/v1/namespaces/default/secrets/users"));
    }

    [RequiresFact("ip")]
    public async Task Neither_kills_of_the_operator_nor_an_absent_api_server_drop_a_call()
    {
        await using var site = await ClusterSite.StartAsync();
        await site.ApplyGatewayAsync();
        var process = site.Runner.ProcessId;
        await using var alice = site.Dial(site.Laboratory.Client, "alice");
        await alice.WaitForAddressAsync();

        // A fixed seed: what goes wrong once goes wrong again.
        var random = new Random(3);
        for (var round = 1; round <= (IsLong ? 50 : 8); round++)
        {
            await site.ChangeSpecAsync(new JsonObject { ["addressing"] = new JsonObject { ["pools4"] = new JsonArray("10.99.0.0/24", $"10.{100 + round}.0.0/24") } });
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 2500)));
            await site.KillOperatorAsync();
            site.StartOperator();
        }

        await site.UntilSettledAsync("the last of the configurations");
        await AssertStillUpAsync(site, alice, process);

        await site.KillServerAsync();
        await Task.Delay(IsLong ? TimeSpan.FromMinutes(10) : TimeSpan.FromSeconds(5));
        await AssertStillUpAsync(site, alice, process);
        await site.StartServerAsync();
        await site.ChangeSpecAsync(new JsonObject { ["drainTime"] = "2s" });
        await site.UntilSettledAsync("a change after the outage");
        await AssertStillUpAsync(site, alice, process);
    }

    /// <summary>The first call of the client, and packets through it.</summary>
    private static async Task AssertStillUpAsync(ClusterSite site, ClientProcess client, int? process)
    {
        Assert.Equal(process, site.Runner.ProcessId);
        Assert.False(client.HasExited);
        Assert.Equal(1, client.Output.Split('\n').Count(line => line.StartsWith("address 10.", StringComparison.Ordinal)));
        await client.Namespace.RunAsync("ping", "-c", "1", "-W", "10", "10.99.0.1");
    }
}
