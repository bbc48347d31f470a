using KubeApi.Objects;
using Operator.Dns.Providers;
using Operator.Resources;
using Operator.Tests.Certificates.World;

namespace Operator.Tests.Certificates;

/// <summary>DNS accounts with room for one proof: however an order ends, the place
/// is free for the next one, without a restart.</summary>
public sealed class SinglePlaceTests
{
    private static readonly ProviderFailure Refusal = new(FailureClass.Auth, "KO", "Put a valid token into the Secret.");

    private readonly CertificateWorld _world = new();

    public SinglePlaceTests() => _world.Dns.Capabilities = _world.Dns.Capabilities with { SingleText = true };

    [Fact]
    public async Task The_place_of_a_proof_that_was_left_behind_is_free()
    {
        _world.Dns.RemovalFailure = Refusal;
        _world.Add(CertificateWorld.Acme("one", null, "one.office.test"));
        await _world.RunAsync(TimeSpan.FromDays(3));
        Assert.Contains(_world.Cluster.Events, recorded => recorded.Reason == "ProofLeftBehind");

        await OtherIsIssuedAsync();
    }

    [Fact]
    public async Task The_place_of_a_certificate_that_was_deleted_without_tidying_up_is_free()
    {
        var one = await HoldAsync();
        _world.Dns.Failure = Refusal;
        _world.Delete(one);
        await _world.RunAsync(TimeSpan.FromMinutes(15));
        Assert.False(_world.Cluster.Has(one));

        _world.Dns.Failure = null;
        await OtherIsIssuedAsync();
    }

    [Fact]
    public async Task A_proof_that_could_not_be_put_in_place_holds_none()
    {
        _world.Dns.Foreign.Add("_acme-challenge.one.office.test");
        var one = _world.Add(CertificateWorld.Acme("one", null, "one.office.test"));
        await _world.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Contains(
            "one", _world.Cluster.Secrets.Keys.Single(secret => secret.Name.Contains("order", StringComparison.Ordinal)).Name,
            StringComparison.Ordinal);

        await OtherIsIssuedAsync();
        Assert.NotEqual(ConditionStatus.True, _world.Condition(one, "Ready").Status);
    }

    [Fact]
    public async Task An_order_that_waits_for_its_turn_takes_nothing_away_when_it_ends()
    {
        await HoldAsync();
        var other = _world.Add(CertificateWorld.Acme("other", null, "other.office.test"));
        await _world.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(2, _world.Cluster.Secrets.Keys.Count(secret => secret.Name.Contains("order", StringComparison.Ordinal)));

        _world.Delete(other);
        await _world.RunAsync(TimeSpan.FromSeconds(1));

        Assert.False(_world.Cluster.Has(other));
        Assert.Equal(1, _world.Dns.TxtCount);
    }

    /// <summary>An order with its proof in place that the world does not see.</summary>
    private async Task<ObjectKey> HoldAsync()
    {
        _world.Dns.IsHidden = true;
        var one = _world.Add(CertificateWorld.Acme("one", null, "one.office.test"));
        await _world.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(1, _world.Dns.TxtCount);
        return one;
    }

    private async Task OtherIsIssuedAsync()
    {
        _world.Dns.IsHidden = false;
        var other = _world.Add(CertificateWorld.Acme("other", null, "other.office.test"));
        await _world.RunAsync(TimeSpan.FromHours(1));

        Assert.Contains(_world.Ca.Issued, issued => issued.Names == "other.office.test");
        Assert.Equal(ConditionStatus.True, _world.Condition(other, "Ready").Status);
    }
}
