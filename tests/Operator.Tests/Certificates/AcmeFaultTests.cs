using KubeApi.Objects;
using Operator.Dns.Providers;
using Operator.Resources;
using Operator.Resources.SstpCertificates;
using Operator.Tests.Certificates.World;

namespace Operator.Tests.Certificates;

/// <summary>A CA, a DNS service or a user that does not do as it should.</summary>
public sealed class AcmeFaultTests
{
    private readonly CertificateWorld _world = new();

    [Fact]
    public async Task An_answer_that_never_came_costs_no_second_certificate()
    {
        for (var lost = 0; lost < 16; lost++)
        {
            var world = new CertificateWorld();
            var dropper = new ReplyDropper(lost);
            world.Between = dropper.Around;
            world.Boot();
            var key = world.Add(CertificateWorld.Acme("office", null, "vpn.office.test"));

            await world.RunAsync(TimeSpan.FromHours(2));

            Assert.True(world.Ca.Issued.Count == 1, $"reply {lost} lost: {world.Ca.Issued.Count} certificates");
            Assert.Equal(ConditionStatus.True, world.Condition(key, "Ready").Status);
            Assert.Equal(0, world.Dns.TxtCount);
        }
    }

    [Fact]
    public async Task A_CA_that_takes_minutes_is_asked_seldom_and_waited_for()
    {
        _world.Ca.Options.Processing = TimeSpan.FromMinutes(20);
        var key = _world.Add(CertificateWorld.Acme("office", null, "vpn.office.test"));

        await _world.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("processing", _world.Cluster[key].Status!.Order!.State);
        await _world.RunAsync(TimeSpan.FromMinutes(20));

        Assert.Single(_world.Ca.Issued);
    }

    [Fact]
    public async Task A_day_of_Retry_After_is_remembered_over_a_restart()
    {
        _world.Ca.Options.Refuse = operation =>
            operation == "new-order" ? (429, "rateLimited", "too many certificates for office.test", "86400") : null;
        var key = _world.Add(CertificateWorld.Acme("office", null, "vpn.office.test"));
        await _world.RunAsync(TimeSpan.FromMinutes(1));
        var asked = Orders();
        Assert.Equal(1, asked);

        for (var hour = 0; hour < 23; hour++)
        {
            _world.Boot();
            _world.EnqueueAll();
            await _world.RunAsync(TimeSpan.FromHours(1));
        }

        Assert.Equal(asked, Orders());
        Assert.Equal("RateLimitedByCA", _world.Condition(key, "Ready").Reason);
        Assert.Contains("too many certificates for office.test", _world.Condition(key, "Ready").Message);

        _world.Ca.Options.Refuse = _ => null;
        await _world.RunAsync(TimeSpan.FromHours(3));
        Assert.Single(_world.Ca.Issued);

        int Orders() => _world.Ca.Requests.Count(request => request == "new-order");
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("""{"suggestedWindow":{"start":"2030-01-01T00:00:00Z","end":"2029-01-01T00:00:00Z"}}""")]
    [InlineData("""{"suggestedWindow":{"start":"1960-01-01T00:00:00Z","end":"1960-01-02T00:00:00Z"}}""")]
    [InlineData("""{"suggestedWindow":{"start":"2199-01-01T00:00:00Z","end":"2199-01-02T00:00:00Z"}}""")]
    [InlineData("""{"suggestedWindow":null}""")]
    public async Task Renewal_information_that_makes_no_sense_changes_nothing(string words)
    {
        _world.Ca.Options.RenewalInfo = () => words;
        var key = _world.Add(CertificateWorld.Acme("office", null, "vpn.office.test"));

        await _world.RunAsync(TimeSpan.FromDays(55));
        Assert.Single(_world.Ca.Issued);
        await _world.RunAsync(TimeSpan.FromDays(10));

        Assert.Equal(2, _world.Ca.Issued.Count);
        Assert.Equal(ConditionStatus.True, _world.Condition(key, "Ready").Status);
    }

    [Fact]
    public async Task A_window_that_a_CA_pulls_forward_is_followed()
    {
        _world.Add(CertificateWorld.Acme("office", null, "vpn.office.test"));
        await _world.RunAsync(TimeSpan.FromDays(10));

        var (start, end) = (_world.Now.AddHours(-2), _world.Now.AddHours(-1));
        _world.Ca.Options.RenewalInfo = () =>
            $$"""{"suggestedWindow":{"start":"{{start:O}}","end":"{{end:O}}"},"explanationURL":"https://ca.test/incident"}""";
        await _world.RunAsync(TimeSpan.FromHours(13));

        Assert.Equal(2, _world.Ca.Issued.Count);
    }

    [Fact]
    public async Task A_CA_that_wants_every_certificate_renewed_at_once_is_followed_five_times_a_week()
    {
        _world.Ca.Options.RenewalInfo = () =>
            $$$"""{"suggestedWindow":{"start":"{{{_world.Now.AddSeconds(-1):O}}}","end":"{{{_world.Now:O}}}"}}""";
        var key = _world.Add(CertificateWorld.Acme("office", null, "vpn.office.test"));

        await _world.RunAsync(TimeSpan.FromDays(6.9));

        Assert.Equal(5, _world.Ca.Issued.Count);
        Assert.Equal("DuplicateLimit", _world.Condition(key, "Renewing").Reason);
        Assert.Equal(ConditionStatus.True, _world.Condition(key, "Ready").Status);
    }

    [Fact]
    public async Task Failed_validations_are_spaced_out_and_told_in_the_words_of_the_CA()
    {
        _world.Dns.IsHidden = true;
        var certificate = CertificateWorld.Acme("office", null, "vpn.office.test");
        var key = _world.Add(WithCheck(certificate, PropagationCheckMode.Off));

        await _world.RunAsync(TimeSpan.FromDays(3));

        Assert.InRange(_world.Ca.FailedValidations, 4, 7);
        Assert.Contains("No TXT record found", _world.Cluster[key].Status!.Failures!.Message);
        Assert.Equal(0, _world.Dns.TxtCount);
    }

    [Fact]
    public async Task A_proof_that_the_world_does_not_see_is_never_shown_to_the_CA()
    {
        _world.Dns.IsHidden = true;
        var key = _world.Add(CertificateWorld.Acme("office", null, "vpn.office.test"));

        await _world.RunAsync(TimeSpan.FromHours(12));

        Assert.Equal(0, _world.Ca.FailedValidations);
        Assert.DoesNotContain("chall", _world.Ca.Requests);
        Assert.Contains("ns1.test", _world.Cluster[key].Status!.Failures!.Message);
    }

    [Fact]
    public async Task A_request_that_the_CA_will_never_grant_waits_for_the_resource_to_change()
    {
        var key = _world.Add(CertificateWorld.Acme("office", "nonsense", "vpn.office.test"));

        await _world.RunAsync(TimeSpan.FromDays(2));
        Assert.Single(_world.Ca.Requests, request => request == "new-order");
        Assert.Equal(ConditionStatus.True, _world.Condition(key, "Stalled").Status);
        Assert.Contains("there is no profile nonsense", _world.Condition(key, "Stalled").Message);

        _world.Change(key, certificate => certificate with
        {
            Spec = certificate.Spec with
            {
                Issuer = certificate.Spec.Issuer with { Acme = certificate.Spec.Issuer.Acme! with { Profile = "tlsserver" } },
            },
        });
        await _world.RunAsync(TimeSpan.FromMinutes(10));

        Assert.Single(_world.Ca.Issued);
    }

    [Fact]
    public async Task A_DNS_service_that_refuses_costs_nothing_at_the_CA_and_its_words_are_shown()
    {
        _world.Dns.Failure = new ProviderFailure(FailureClass.Auth, "invalid API token", "Put a valid token into the Secret.");
        var key = _world.Add(CertificateWorld.Acme("office", null, "vpn.office.test"));

        await _world.RunAsync(TimeSpan.FromHours(2));
        Assert.Contains("invalid API token", _world.Condition(key, "Ready").Message);
        Assert.Equal(0, _world.Ca.FailedValidations);

        _world.Dns.Failure = null;
        await _world.RunAsync(TimeSpan.FromHours(2));
        Assert.Single(_world.Ca.Issued);
    }

    [Fact]
    public async Task A_CA_whose_clock_is_ahead_is_waited_for_and_not_for_months()
    {
        _world.Ca.Options.ClockAhead = TimeSpan.FromMinutes(7);
        var key = _world.Add(CertificateWorld.Acme("office", null, "vpn.office.test"));

        await _world.RunAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("NotYetValid", _world.Condition(key, "Ready").Reason);
        await _world.RunAsync(TimeSpan.FromMinutes(8));

        Assert.Equal(ConditionStatus.True, _world.Condition(key, "Ready").Status);
        Assert.Single(_world.Ca.Issued);
    }

    [Fact]
    public async Task An_account_that_the_CA_forgot_is_made_again_with_the_same_key()
    {
        var key = _world.Add(CertificateWorld.Acme("office", null, "vpn.office.test"));
        await _world.RunAsync(TimeSpan.FromMinutes(10));
        var account = _world.Cluster.Secrets[new ObjectKey(CertificateWorld.Namespace, "acme-account")];
        _world.Cluster.Secrets[account.Key] = account with
        {
            Data = new Dictionary<string, byte[]>(account.Data) { ["account.url"] = "https://ca.test/acct/gone"u8.ToArray() },
        };

        _world.Annotate(key, Operator.Certificates.CertificateAnnotations.ReissueAt, "1");
        await _world.RunAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(2, _world.Ca.Issued.Count);
        Assert.Single(_world.Ca.Accounts);
    }

    private static SstpCertificate WithCheck(SstpCertificate certificate, PropagationCheckMode mode)
    {
        var issuer = certificate.Spec.Issuer.Acme!;
        var solver = issuer.Challenges[0];
        return certificate with
        {
            Spec = certificate.Spec with
            {
                Issuer = certificate.Spec.Issuer with
                {
                    Acme = issuer with
                    {
                        Challenges =
                        [
                            solver with { Dns01 = solver.Dns01! with { Check = new PropagationCheck { Mode = mode } } },
                        ],
                    },
                },
            },
        };
    }
}
