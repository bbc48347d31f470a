using KubeApi.Objects;
using Operator.Certificates;
using Operator.Resources;
using Operator.Tests.Certificates.World;

namespace Operator.Tests.Certificates;

/// <summary>The process ends before and after each request to the CA, and before each write to the cluster:
/// one certificate comes of it, and nothing is left.</summary>
public sealed class AcmeCrashTests
{
    [Fact]
    public async Task Ending_anywhere_leads_to_exactly_one_certificate_and_no_leftovers()
    {
        var whole = await RunAsync(new KillSwitch(null));
        Assert.True(whole.Moments.Count >= 40, $"only {whole.Moments.Count} moments were found");

        for (var at = 0; at < whole.Moments.Count; at++)
        {
            var run = await RunAsync(new KillSwitch(at));
            Assert.True(run.HasFired, $"moment {at} was not reached");
        }
    }

    [Fact]
    public async Task Ending_anywhere_in_a_change_of_the_account_key_leaves_an_account_that_works()
    {
        var whole = await RollOverAsync(new KillSwitch(null));
        for (var at = 0; at < whole.Moments.Count; at++) Assert.True((await RollOverAsync(new KillSwitch(at))).HasFired);
    }

    private static async Task<KillSwitch> RollOverAsync(KillSwitch death)
    {
        var world = new CertificateWorld();
        var key = world.Add(CertificateWorld.Acme("office", null, "vpn.office.test"));
        await world.RunAsync(TimeSpan.FromHours(1));

        world.Between = death.Around;
        world.Cluster.BeforeWrite = what => death.Pass($"before writing {what}");
        world.Boot();
        var account = world.Cluster.Secrets[new ObjectKey(CertificateWorld.Namespace, "acme-account")];
        world.Cluster.Secrets[account.Key] = account with
        {
            Annotations = new Dictionary<string, string>(account.Annotations) { [CertificateAnnotations.RolloverAt] = "now" },
        };
        world.Annotate(key, CertificateAnnotations.ReissueAt, "1");
        try
        {
            await world.RunAsync(TimeSpan.FromHours(1));
        }
        catch (Killed)
        {
            world.Boot();
            world.EnqueueAll();
            await world.RunAsync(TimeSpan.FromHours(1));
        }

        var after = world.Cluster.Secrets[account.Key];
        Assert.Equal(account.Text("account.url"), after.Text("account.url"));
        Assert.NotEqual(account.Text("account.key"), after.Text("account.key"));
        Assert.Null(after.Text("pending.key"));
        Assert.Single(world.Ca.Accounts);
        Assert.Equal(2, world.Ca.Issued.Count);
        return death;
    }

    private static async Task<KillSwitch> RunAsync(KillSwitch death)
    {
        var world = new CertificateWorld { Between = death.Around };
        world.Boot();
        world.Cluster.BeforeWrite = what => death.Pass($"before writing {what}");
        world.Ca.Options.Processing = TimeSpan.FromSeconds(4);
        var key = world.Add(CertificateWorld.Acme("office", null, "office.test", "*.office.test"));
        try
        {
            await world.RunAsync(TimeSpan.FromHours(1));
        }
        catch (Killed)
        {
            world.Boot();
            world.EnqueueAll();
            await world.RunAsync(TimeSpan.FromHours(1));
        }

        var where = death.HasFired ? death.Moments[^1] : "nowhere";
        Assert.True(world.Ca.Issued.Count == 1, $"ended {where}: {world.Ca.Issued.Count} certificates");
        Assert.True(world.Dns.TxtCount == 0, $"ended {where}: {world.Dns.TxtCount} TXT records left");
        Assert.True(world.Ca.Accounts.Count() == 1, $"ended {where}: {world.Ca.Accounts.Count()} accounts");
        Assert.True(
            world.Condition(key, "Ready").Status == ConditionStatus.True,
            $"ended {where}: {world.Condition(key, "Ready").Message}");
        Assert.DoesNotContain(world.Cluster.Secrets.Keys, secret => secret.Name.EndsWith("-order", StringComparison.Ordinal));
        Assert.Null(world.Cluster[key].Status!.Order);
        Assert.Null(world.Cluster[key].Status!.Failures);
        return death;
    }
}
