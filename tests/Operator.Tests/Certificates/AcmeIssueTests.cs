using KubeApi.Objects;
using Operator.Certificates;
using Operator.Certificates.Cluster;
using Operator.Dns.Providers;
using Operator.Resources;
using Operator.Resources.SstpCertificates;
using Operator.Tests.Certificates.World;

namespace Operator.Tests.Certificates;

public sealed class AcmeIssueTests
{
    private static readonly TimeSpan AWhile = TimeSpan.FromMinutes(10);
    private readonly CertificateWorld _world = new();

    [Fact]
    public async Task Issues_a_certificate_and_leaves_nothing_behind()
    {
        var key = await IssueAsync("vpn.office.test");

        Assert.Single(_world.Ca.Issued);
        Assert.Equal(0, _world.Dns.TxtCount);
        Assert.Equal(["acme-account", "office"], _world.Cluster.Secrets.Keys.Select(secret => secret.Name).Order());
        Assert.Equal(_world.Ca.Issued[0].Serial, _world.Cluster[key].Status!.Serial);
        Assert.Equal(SecretContent.Tls, Secret("office").Type);
    }

    [Fact]
    public async Task A_name_and_its_wildcard_have_two_values_at_one_name_at_once()
    {
        var most = 0;
        _world.Add(CertificateWorld.Acme("office", null, "office.test", "*.office.test"));

        await _world.RunAsync(AWhile, () => most = Math.Max(most, _world.Dns.See("_acme-challenge.office.test").Count));

        Assert.Equal(2, most);
        Assert.Equal("*.office.test,office.test", Assert.Single(_world.Ca.Issued).Names);
        Assert.Equal(0, _world.Dns.TxtCount);
    }

    [Fact]
    public async Task Where_there_is_room_for_one_value_proofs_take_turns()
    {
        _world.Dns.Capabilities = _world.Dns.Capabilities with { SingleText = true };
        var one = _world.Add(CertificateWorld.Acme("one", null, "office.test", "*.office.test"));
        var other = _world.Add(CertificateWorld.Acme("other", null, "other.office.test"));

        await _world.RunAsync(TimeSpan.FromHours(1));

        Assert.Equal(2, _world.Ca.Issued.Count);
        Assert.Equal(0, _world.Ca.FailedValidations);
        Assert.Equal(0, _world.Dns.TxtCount);
        Assert.Equal(ConditionStatus.True, _world.Condition(one, "Ready").Status);
        Assert.Equal(ConditionStatus.True, _world.Condition(other, "Ready").Status);
    }

    [Theory]
    [InlineData(CertificateWorld.Namespace, true)]
    [InlineData("branch", true)]
    [InlineData("branch", false)]
    public async Task Nobody_gets_the_only_place_of_a_proof_under_way_in_whatever_namespace(string @namespace, bool restarts)
    {
        _world.Dns.Capabilities = _world.Dns.Capabilities with { SingleText = true };
        _world.Dns.IsHidden = true;    // so that the first order waits with its proof in place
        var one = _world.Add(CertificateWorld.Acme("one", null, "one.office.test"));
        await _world.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(1, _world.Dns.TxtCount);

        if (restarts) _world.Boot();
        _world.Dns.IsHidden = false;
        // comes before the first one does again
        var other = _world.Add(In(@namespace, CertificateWorld.Acme("other", null, "other.office.test")));
        await _world.RunAsync(TimeSpan.FromSeconds(1));
        _world.Enqueue(one);
        await _world.RunAsync(TimeSpan.FromHours(1));

        Assert.Equal(2, _world.Ca.Issued.Count);
        Assert.Equal("one.office.test", _world.Ca.Issued[0].Names);
        Assert.Equal(0, _world.Ca.FailedValidations);
        Assert.Equal(0, _world.Dns.TxtCount);
        Assert.Equal(ConditionStatus.True, _world.Condition(other, "Ready").Status);
    }

    [Fact]
    public async Task Values_of_others_at_the_same_name_stay()
    {
        _world.Dns.Publish("_acme-challenge.vpn.office.test", "of somebody else");

        await IssueAsync("vpn.office.test");

        Assert.Equal("of somebody else", Assert.Single(_world.Dns.See("_acme-challenge.vpn.office.test")));
    }

    [Fact]
    public async Task The_proof_goes_where_an_alias_leads()
    {
        _world.Dns.Aliases["_acme-challenge.vpn.office.test"] = "office.challenges.test";

        await IssueAsync("vpn.office.test");

        Assert.Single(_world.Ca.Issued);
    }

    [Fact]
    public async Task An_explicit_name_for_the_proof_needs_no_lookup()
    {
        _world.Dns.Aliases["_acme-challenge.vpn.office.test"] = "office.challenges.test";
        var certificate = WithSolver(CertificateWorld.Acme("office", null, "vpn.office.test"), solver =>
            solver with { ChallengeName = "office.challenges.test", FollowAliases = false });
        _world.Add(certificate);

        await _world.RunAsync(AWhile);

        Assert.Single(_world.Ca.Issued);
    }

    [Fact]
    public async Task Half_of_all_nonces_being_refused_is_no_failure()
    {
        _world.Ca.Options.BadNoncePercent = 50;

        var key = await IssueAsync("vpn.office.test");

        Assert.Null(_world.Cluster[key].Status!.Failures);
    }

    [Fact]
    public async Task An_order_that_is_ready_from_the_start_needs_no_proof()
    {
        _world.Ca.Options.AuthorizationReuse = TimeSpan.FromDays(30);
        var key = await IssueAsync("vpn.office.test");
        _world.Dns.IsHidden = true;

        _world.Annotate(key, CertificateAnnotations.ReissueAt, "2026-01-01T00:00:00Z");
        await _world.RunAsync(AWhile);

        Assert.Equal(2, _world.Ca.Issued.Count);
    }

    [Fact]
    public async Task A_wish_for_a_new_certificate_is_followed_once()
    {
        var key = await IssueAsync("vpn.office.test");

        _world.Annotate(key, CertificateAnnotations.ReissueAt, "2026-01-01T00:00:00Z");
        await _world.RunAsync(AWhile);
        _world.Enqueue(key);
        await _world.RunAsync(AWhile);

        Assert.Equal(2, _world.Ca.Issued.Count);
    }

    [Fact]
    public async Task Looking_again_changes_nothing_and_writes_nothing()
    {
        var key = await IssueAsync("vpn.office.test");
        var writes = _world.Cluster.StatusWrites;

        for (var i = 0; i < 5; i++)
        {
            _world.Enqueue(key);
            await _world.RunAsync(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(writes, _world.Cluster.StatusWrites);
        Assert.Single(_world.Ca.Issued);
    }

    [Fact]
    public async Task Certificates_that_name_one_account_share_it()
    {
        for (var i = 0; i < 5; i++) _world.Add(CertificateWorld.Acme($"c{i}", null, $"c{i}.office.test"));

        await _world.RunAsync(AWhile);

        Assert.Equal(5, _world.Ca.Issued.Count);
        Assert.Single(_world.Ca.Accounts);
    }

    [Fact]
    public async Task No_more_orders_are_under_way_at_once_than_an_account_has_places()
    {
        var most = 0;
        for (var i = 0; i < 25; i++) _world.Add(CertificateWorld.Acme($"c{i}", null, $"c{i}.office.test"));

        await _world.RunAsync(TimeSpan.FromHours(1), () => most = Math.Max(
            most, _world.Cluster.Secrets.Keys.Count(key => key.Name.EndsWith("-order", StringComparison.Ordinal))));

        Assert.Equal(25, _world.Ca.Issued.Count);
        Assert.Equal(_world.Limits.Concurrent, most);
    }

    [Fact]
    public async Task Changed_names_bring_a_new_certificate_and_a_changed_order_is_given_up()
    {
        var key = _world.Add(CertificateWorld.Acme("office", null, "old.office.test"));
        await _world.RunAsync(TimeSpan.FromSeconds(1));
        Assert.NotNull(_world.Cluster[key].Status!.Order);

        _world.Change(key, certificate => certificate with { Spec = certificate.Spec with { Names = ["new.office.test"] } });
        await _world.RunAsync(AWhile);

        Assert.Equal("new.office.test", Assert.Single(_world.Ca.Issued).Names);
        Assert.Equal(0, _world.Dns.TxtCount);
        Assert.Equal(ConditionStatus.True, _world.Condition(key, "Ready").Status);
    }

    [Fact]
    public async Task Keys_change_with_each_certificate_or_stay_as_the_resource_says()
    {
        var always = await IssueAsync("vpn.office.test");
        var first = Secret("office").Text(SecretContent.KeyEntry);
        _world.Annotate(always, CertificateAnnotations.ReissueAt, "1");
        await _world.RunAsync(AWhile);
        var second = Secret("office").Text(SecretContent.KeyEntry);

        _world.Change(always, certificate => certificate with
        {
            Spec = certificate.Spec with { Key = certificate.Spec.Key with { Rotation = KeyRotation.Never } },
        });
        _world.Annotate(always, CertificateAnnotations.ReissueAt, "2");
        await _world.RunAsync(AWhile);

        Assert.NotEqual(first, second);
        Assert.Equal(second, Secret("office").Text(SecretContent.KeyEntry));
        Assert.Equal(3, _world.Ca.Issued.Count);
    }

    [Fact]
    public async Task The_key_of_the_account_changes_on_request_and_the_account_stays()
    {
        var key = await IssueAsync("vpn.office.test");
        var before = Secret("acme-account");

        Put(before with
        {
            Annotations = new Dictionary<string, string>(before.Annotations) { [CertificateAnnotations.RolloverAt] = "now" },
        });
        _world.Enqueue(key);
        await _world.RunAsync(AWhile);
        _world.Annotate(key, CertificateAnnotations.ReissueAt, "1");
        await _world.RunAsync(AWhile);

        var after = Secret("acme-account");
        Assert.NotEqual(before.Text("account.key"), after.Text("account.key"));
        Assert.Equal(before.Text("account.url"), after.Text("account.url"));
        Assert.Single(_world.Ca.Accounts);
        Assert.Equal(2, _world.Ca.Issued.Count);
    }

    [Fact]
    public async Task Contacts_follow_the_resource()
    {
        var key = await IssueAsync("vpn.office.test");

        _world.Change(key, certificate => WithIssuer(certificate, issuer => issuer with { Contacts = ["admin@office.test"] }));
        await _world.RunAsync(AWhile);

        Assert.Equal("""["mailto:admin@office.test"]""", Assert.Single(_world.Ca.Accounts).Contact);
    }

    [Fact]
    public async Task A_deactivated_account_says_so_and_what_to_do()
    {
        var key = await IssueAsync("vpn.office.test");
        var account = Secret("acme-account");

        Put(account with
        {
            Annotations = new Dictionary<string, string>(account.Annotations) { [CertificateAnnotations.Deactivate] = "true" },
        });
        _world.Annotate(key, CertificateAnnotations.ReissueAt, "1");
        await _world.RunAsync(AWhile);

        Assert.True(Assert.Single(_world.Ca.Accounts).Deactivated);
        Assert.Single(_world.Ca.Issued);
        Assert.Equal("AccountDeactivated", _world.Condition(key, "Stalled").Reason);
        Assert.Equal(ConditionStatus.True, _world.Condition(key, "Ready").Status);
    }

    [Fact]
    public async Task A_renewal_names_the_certificate_it_replaces()
    {
        var key = await IssueAsync("vpn.office.test");

        await _world.RunAsync(TimeSpan.FromDays(80));

        Assert.Equal(2, _world.Ca.Issued.Count);
        Assert.Equal(1, _world.Ca.Replacements);
        Assert.Equal(ConditionStatus.True, _world.Condition(key, "Ready").Status);
    }

    [Fact]
    public async Task Revoked_by_annotation_there_is_no_other_until_the_annotation_goes()
    {
        var key = await IssueAsync("vpn.office.test");

        _world.Annotate(key, SstpCertificateConditions.RevokeAnnotation, "true");
        await _world.RunAsync(AWhile);
        Assert.True(Assert.Single(_world.Ca.Issued).Revoked);
        Assert.Equal("Revoked", _world.Condition(key, "Ready").Reason);

        _world.Annotate(key, SstpCertificateConditions.RevokeAnnotation, "false");
        await _world.RunAsync(AWhile);
        Assert.Equal(2, _world.Ca.Issued.Count);
        Assert.Equal(ConditionStatus.True, _world.Condition(key, "Ready").Status);
    }

    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    [InlineData(KeyAlgorithm.EcdsaP384)]
    [InlineData(KeyAlgorithm.Rsa2048)]
    public async Task Without_its_account_a_certificate_is_revoked_by_its_own_key(KeyAlgorithm algorithm)
    {
        var certificate = CertificateWorld.Acme("office", null, "vpn.office.test");
        var key = _world.Add(
            certificate with { Spec = certificate.Spec with { Key = certificate.Spec.Key with { Algorithm = algorithm } } });
        await _world.RunAsync(AWhile);
        Assert.Single(_world.Ca.Accounts).Deactivated = true;

        _world.Annotate(key, SstpCertificateConditions.RevokeAnnotation, "true");
        await _world.RunAsync(AWhile);

        Assert.Null(_world.Cluster[key].Status!.Failures?.Message);
        Assert.Equal("Revoked", _world.Condition(key, "Ready").Reason);
        Assert.True(Assert.Single(_world.Ca.Issued).Revoked);
    }

    [Fact]
    public async Task Orders_that_wait_for_a_DNS_service_do_not_hold_up_the_others()
    {
        var failing = _world.Limits.Concurrent + 2;
        _world.Dns.Failure = new ProviderFailure(FailureClass.ProviderDown, "the service is down", "Wait.");
        for (var i = 0; i < failing; i++) _world.Add(CertificateWorld.Acme($"failing{i}", null, $"f{i}.office.test"));
        await _world.RunAsync(TimeSpan.FromHours(3));
        Assert.Empty(_world.Ca.Issued);

        _world.Dns.Failure = null;
        var healthy = _world.Add(CertificateWorld.Acme("healthy", null, "healthy.office.test"));
        await _world.RunAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(ConditionStatus.True, _world.Condition(healthy, "Ready").Status);
    }

    [Fact]
    public async Task A_restart_forgets_no_order_of_the_last_hours()
    {
        for (var i = 0; i < 6; i++) _world.Add(CertificateWorld.Acme($"early{i}", null, $"e{i}.office.test"));
        await _world.RunAsync(AWhile);
        _world.Limits = _world.Limits with { Orders = 6 };

        _world.Boot();
        var late = _world.Add(CertificateWorld.Acme("late", null, "late.office.test"));
        await _world.RunAsync(TimeSpan.FromMinutes(10));
        Assert.Equal("OrderRateLimit", _world.Condition(late, "Ready").Reason);

        await _world.RunAsync(_world.Limits.OrderWindow);
        Assert.Equal(ConditionStatus.True, _world.Condition(late, "Ready").Status);
    }

    [Fact]
    public async Task Deletion_in_the_middle_of_an_order_takes_the_proof_away()
    {
        var key = _world.Add(CertificateWorld.Acme("office", null, "vpn.office.test"));
        await _world.RunAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _world.Dns.TxtCount);

        _world.Delete(key);
        await _world.RunAsync(AWhile);

        Assert.False(_world.Cluster.Has(key));
        Assert.Equal(0, _world.Dns.TxtCount);
        Assert.DoesNotContain(_world.Cluster.Secrets.Keys, secret => secret.Name == "office-order");
    }

    [Fact]
    public async Task The_Secret_outlives_its_resource_and_is_used_again()
    {
        var key = await IssueAsync("vpn.office.test");
        _world.Delete(key);
        await _world.RunAsync(AWhile);

        await IssueAsync("vpn.office.test");

        Assert.Single(_world.Ca.Issued);
    }

    [Fact]
    public async Task A_Secret_that_is_not_ours_is_left_alone()
    {
        var foreign = new SecretContent(
            new ObjectKey(CertificateWorld.Namespace, "office"), SecretContent.Tls,
            new Dictionary<string, byte[]>(), new Dictionary<string, string>());
        Put(foreign);
        var key = _world.Add(CertificateWorld.Acme("office", null, "vpn.office.test"));

        await _world.RunAsync(AWhile);

        Assert.Equal("SecretOfAnother", _world.Condition(key, "Stalled").Reason);
        Assert.Empty(_world.Ca.Issued);
        Assert.Same(foreign, Secret("office"));
    }

    [Fact]
    public async Task While_paused_nothing_is_issued_and_the_reason_is_told()
    {
        var paused = CertificateWorld.Acme("office", null, "vpn.office.test");
        var key = _world.Add(paused with
        {
            Metadata = paused.Metadata with
            {
                Annotations = new Dictionary<string, string> { [ApiGroup.PausedAnnotation] = "true" },
            },
        });
        await _world.RunAsync(AWhile);
        Assert.Empty(_world.Ca.Issued);
        Assert.Equal("Paused", _world.Condition(key, "Ready").Reason);

        _world.Annotate(key, ApiGroup.PausedAnnotation, "false");
        await _world.RunAsync(AWhile);
        Assert.Single(_world.Ca.Issued);
    }

    [Fact]
    public async Task A_Secret_that_somebody_deleted_or_spoilt_is_made_again()
    {
        var key = await IssueAsync("vpn.office.test");
        _world.Cluster.Secrets.Remove(new ObjectKey(CertificateWorld.Namespace, "office"));
        _world.Enqueue(key);
        await _world.RunAsync(AWhile);
        Assert.Equal(2, _world.Ca.Issued.Count);

        var secret = Secret("office");
        Put(secret with
        {
            Data = new Dictionary<string, byte[]>(secret.Data) { [SecretContent.KeyEntry] = "not a key"u8.ToArray() },
        });
        _world.Enqueue(key);
        await _world.RunAsync(AWhile);
        Assert.Equal(3, _world.Ca.Issued.Count);
        Assert.Equal(ConditionStatus.True, _world.Condition(key, "Ready").Status);
    }

    [Fact]
    public async Task Every_mistake_of_a_resource_is_told_at_once()
    {
        var certificate = WithIssuer(CertificateWorld.Acme("office", null, "not a name"), issuer =>
            issuer with { Directory = "http://ca.test" });
        var key = _world.Add(certificate);
        await _world.RunAsync(AWhile);

        var stalled = _world.Condition(key, "Stalled");
        Assert.Equal("InvalidSpec", stalled.Reason);
        Assert.Contains("names", stalled.Message);
        Assert.Contains("directory", stalled.Message);
        Assert.Empty(_world.Ca.Requests);
    }

    private async Task<ObjectKey> IssueAsync(params string[] names)
    {
        var key = _world.Add(CertificateWorld.Acme("office", null, names));
        await _world.RunAsync(AWhile);
        Assert.Equal(ConditionStatus.True, _world.Condition(key, "Ready").Status);
        return key;
    }

    private SecretContent Secret(string name) => _world.Cluster.Secrets[new ObjectKey(CertificateWorld.Namespace, name)];

    private void Put(SecretContent secret) => _world.Cluster.Secrets[secret.Key] = secret;

    private static SstpCertificate WithIssuer(SstpCertificate certificate, Func<AcmeIssuer, AcmeIssuer> change) =>
        certificate with
        {
            Spec = certificate.Spec with
            {
                Issuer = certificate.Spec.Issuer with { Acme = change(certificate.Spec.Issuer.Acme!) },
            },
        };

    private static SstpCertificate In(string @namespace, SstpCertificate certificate) =>
        certificate with { Metadata = certificate.Metadata with { Namespace = @namespace } };

    private static SstpCertificate WithSolver(SstpCertificate certificate, Func<Dns01Solver, Dns01Solver> change) =>
        WithIssuer(certificate, issuer =>
            issuer with { Challenges = [issuer.Challenges[0] with { Dns01 = change(issuer.Challenges[0].Dns01!) }] });
}
