using AcmeInterop.Tests.Operating;
using AcmeInterop.Tests.Servers;
using KubeApi.Objects;
using Operator.Certificates;
using Operator.Resources.SstpCertificates;
using TestSupport.Prerequisites;

namespace AcmeInterop.Tests;

/// <summary>Against a CA and a DNS server that are not ours. Half of all nonces are refused throughout.</summary>
[Collection(AcmeLaboratoryCollection.Name)]
public sealed class PebbleTests(AcmeLaboratory laboratory)
{
    private static readonly TimeSpan AWhile = TimeSpan.FromHours(1);

    [RequiresFact("named", "pebble", "dig")]
    public async Task A_name_and_its_wildcard_by_TXT_records_in_BIND()
    {
        using var scenario = new AcmeScenario(laboratory.Pebble, laboratory.Bind);
        scenario.Add(["wild.office.test", "*.wild.office.test"]);

        await scenario.Operator().RunAsync("office", AWhile);

        await scenario.AssertIssuedAsync();
        Assert.Equal(["*.wild.office.test", "wild.office.test"], CertificateNames.Of(scenario.Leaf));
    }

    [RequiresFact("named", "pebble", "dig")]
    public async Task The_proof_is_found_where_an_alias_leads_to_another_zone()
    {
        using var scenario = new AcmeScenario(laboratory.Pebble, laboratory.Bind);
        scenario.Add(["delegated.office.test"]);

        await scenario.Operator().RunAsync("office", AWhile);

        await scenario.AssertIssuedAsync();
    }

    [RequiresFact("named", "pebble", "dig")]
    public async Task The_zone_of_the_proof_can_be_named_instead()
    {
        using var scenario = new AcmeScenario(laboratory.Pebble, laboratory.Bind);
        scenario.Add(
            ["delegated.office.test"],
            solver: solver => solver with { ChallengeName = "delegated.challenges.test", FollowAliases = false });

        await scenario.Operator().RunAsync("office", AWhile);

        await scenario.AssertIssuedAsync();
    }

    [RequiresFact("named", "pebble", "dig")]
    public async Task The_chain_up_to_the_preferred_root_is_taken()
    {
        using var scenario = new AcmeScenario(laboratory.Pebble, laboratory.Bind);
        using var root = await laboratory.Pebble.RootAsync(1);
        scenario.Add(["chain.office.test"], issuer => issuer with
        {
            PreferredRoot = root.GetNameInfo(System.Security.Cryptography.X509Certificates.X509NameType.SimpleName, false),
        });

        await scenario.Operator().RunAsync("office", AWhile);

        await scenario.AssertIssuedAsync(root: 1);
    }

    [RequiresFact("named", "pebble", "dig")]
    public async Task A_CA_for_its_customers_only_takes_the_key_it_gave_them_and_no_other()
    {
        await using var pebble = await Pebble.StartAsync(laboratory.Bind.EndPoint, wantsExternalAccount: true);
        using var scenario = new AcmeScenario(pebble, laboratory.Bind);
        scenario.Add(["eab.office.test"]);
        await scenario.Operator().RunAsync("office", TimeSpan.FromMinutes(5));
        Assert.Contains("externalAccount", scenario.Certificate.Status!.Failures!.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, pebble.IssuedCount);

        scenario.Add(["eab.office.test"], issuer => issuer with
        {
            ExternalAccountBinding = new ExternalAccountBinding
            {
                KeyId = Pebble.ExternalKeyId, KeySecret = new() { Name = "eab", Key = "key" },
            },
        });
        await scenario.Operator().RunAsync("office", AWhile);

        await scenario.AssertIssuedAsync();
    }

    [RequiresFact("named", "pebble", "dig")]
    public async Task Names_that_are_authorized_already_need_no_proof()
    {
        await using var pebble = await Pebble.StartAsync(laboratory.Bind.EndPoint, settings: ("PEBBLE_AUTHZREUSE", "100"));
        using var scenario = new AcmeScenario(pebble, laboratory.Bind);
        scenario.Add(["reuse.office.test"]);
        await scenario.Operator().RunAsync("office", AWhile);

        var watcher = new Watcher();
        scenario.Annotate(CertificateAnnotations.ReissueAt, "1");
        await scenario.Operator(watcher.Around).RunAsync("office", AWhile);

        await scenario.AssertIssuedAsync();
        Assert.Equal(2, pebble.IssuedCount);
        Assert.DoesNotContain(watcher.Paths, path => path.Contains("/chalZ/", StringComparison.Ordinal));
    }

    [RequiresFact("named", "pebble", "dig")]
    public async Task The_key_of_the_account_is_changed_and_the_account_works_on()
    {
        using var scenario = new AcmeScenario(laboratory.Pebble, laboratory.Bind);
        scenario.Add(["rollover.office.test"]);
        await scenario.Operator().RunAsync("office", AWhile);
        var before = scenario.Cluster.ReadSecret("account")!;

        await scenario.Cluster.WriteSecretAsync(
            before with
            {
                Annotations = new Dictionary<string, string>(before.Annotations) { [CertificateAnnotations.RolloverAt] = "now" },
            },
            CancellationToken.None);
        scenario.Annotate(CertificateAnnotations.ReissueAt, "1");
        await scenario.Operator().RunAsync("office", AWhile);

        await scenario.AssertIssuedAsync();
        var after = scenario.Cluster.ReadSecret("account")!;
        Assert.Equal(before.Text("account.url"), after.Text("account.url"));
        Assert.NotEqual(before.Text("account.key"), after.Text("account.key"));
    }

    [RequiresFact("named", "pebble", "dig")]
    public async Task A_certificate_is_revoked_at_the_CA()
    {
        using var scenario = new AcmeScenario(laboratory.Pebble, laboratory.Bind);
        scenario.Add(["revoked.office.test"]);
        await scenario.Operator().RunAsync("office", AWhile);
        Assert.Equal("Valid", await laboratory.Pebble.StatusAsync(scenario.Leaf.SerialNumber));

        scenario.Annotate(SstpCertificateConditions.RevokeAnnotation, "true");
        await scenario.Operator().RunAsync("office", AWhile);

        Assert.Equal("Revoked", await laboratory.Pebble.StatusAsync(scenario.Leaf.SerialNumber));
        Assert.NotNull(scenario.Certificate.Status!.Revoked);
    }

    [RequiresFact("named", "pebble", "dig")]
    public async Task A_certificate_whose_account_is_lost_is_revoked_by_its_own_key()
    {
        using var scenario = new AcmeScenario(laboratory.Pebble, laboratory.Bind);
        scenario.Add(["orphan.office.test"]);
        await scenario.Operator().RunAsync("office", AWhile);
        await scenario.Cluster.DeleteSecretAsync(new ObjectKey(CertificateOperator.Namespace, "account"), CancellationToken.None);

        scenario.Annotate(SstpCertificateConditions.RevokeAnnotation, "true");
        await scenario.Operator().RunAsync("office", AWhile);

        Assert.Equal("Revoked", await laboratory.Pebble.StatusAsync(scenario.Leaf.SerialNumber));
    }

    [RequiresFact("named", "pebble", "dig")]
    public async Task A_CA_that_takes_its_time_to_validate_is_waited_for()
    {
        await using var pebble = await Pebble.StartAsync(
            laboratory.Bind.EndPoint, settings: [("PEBBLE_VA_NOSLEEP", "0"), ("PEBBLE_VA_SLEEPTIME", "2")]);
        using var scenario = new AcmeScenario(pebble, laboratory.Bind);
        scenario.Add(["slow.office.test"]);

        await scenario.Operator().RunAsync("office", TimeSpan.FromDays(1));

        await scenario.AssertIssuedAsync();
    }
}
