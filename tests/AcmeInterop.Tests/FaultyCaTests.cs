using System.Net;
using AcmeInterop.Tests.Faults;
using AcmeInterop.Tests.Servers;
using Operator.Certificates;
using TestSupport.Prerequisites;

namespace AcmeInterop.Tests;

/// <summary>A shim before Pebble does what Pebble cannot be asked to do.</summary>
[Collection(AcmeLaboratoryCollection.Name)]
public sealed class FaultyCaTests(AcmeLaboratory laboratory)
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("SSTP_TEST_LONG") == "1";

    [RequiresFact("named", "pebble", "dig")]
    public async Task Lost_answers_cost_no_second_certificate()
    {
        for (var lost = 0; lost < 30; lost += IsLong ? 1 : 7)
        {
            using var scenario = new AcmeScenario(laboratory.Pebble, laboratory.Bind);
            scenario.Add([$"lost{lost}.office.test"]);
            var before = laboratory.Pebble.IssuedCount;

            await scenario.Operator(new LostAnswer(lost).Around).RunAsync("office", TimeSpan.FromHours(3));

            await scenario.AssertIssuedAsync();
            Assert.Equal(before + 1, laboratory.Pebble.IssuedCount);
        }
    }

    [RequiresFact("named", "pebble", "dig")]
    public async Task An_order_that_is_processing_for_minutes_is_waited_for_over_restarts()
    {
        using var scenario = new AcmeScenario(laboratory.Pebble, laboratory.Bind);
        scenario.Add(["processing.office.test"]);
        var shim = new SlowOrder();

        for (var i = 0; i < 3; i++) await scenario.Operator(shim.Around).RunAsync("office", TimeSpan.FromMinutes(4));
        Assert.Equal("processing", scenario.Certificate.Status!.Order!.State);
        shim.IsSlow = false;
        await scenario.Operator(shim.Around).RunAsync("office", TimeSpan.FromMinutes(30));

        await scenario.AssertIssuedAsync();
    }

    [RequiresFact("named", "pebble", "dig")]
    public async Task A_day_of_Retry_After_is_kept_over_restarts()
    {
        using var scenario = new AcmeScenario(laboratory.Pebble, laboratory.Bind);
        scenario.Add(["limited.office.test"]);
        var shim = new RateLimit("/order-plz", TimeSpan.FromDays(1));

        for (var i = 0; i < 5; i++) await scenario.Operator(shim.Around).RunAsync("office", TimeSpan.FromHours(4));

        Assert.Equal(1, shim.Refusals);
        Assert.Contains("as many as you may", scenario.Certificate.Status!.Failures!.Message);
        Assert.True(scenario.Certificate.Status.Failures.NextAttempt > DateTimeOffset.UtcNow.AddHours(23));
    }

    [RequiresFact("named", "pebble", "dig")]
    public async Task A_renewal_names_what_it_replaces_and_goes_on_without_when_that_has_a_successor()
    {
        using var scenario = new AcmeScenario(laboratory.Pebble, laboratory.Bind);
        scenario.Add(["ari.office.test"]);
        var shim = new RenewalInfoShim();
        await scenario.Operator(shim.Around).RunAsync("office", TimeSpan.FromMinutes(30));
        var first = scenario.Leaf;

        shim.Window = (DateTimeOffset.UtcNow.AddMinutes(-2), DateTimeOffset.UtcNow.AddMinutes(-1));
        scenario.Annotate(CertificateAnnotations.ReissueAt, "1");
        await scenario.Operator(shim.Around).RunAsync("office", TimeSpan.FromMinutes(30));
        await scenario.AssertIssuedAsync();
        Assert.Equal(RenewalInfoShim.CertId(first), Assert.Single(shim.Replaced));

        shim.SaysAlreadyReplaced = true;
        scenario.Annotate(CertificateAnnotations.ReissueAt, "2");
        await scenario.Operator(shim.Around).RunAsync("office", TimeSpan.FromMinutes(30));
        await scenario.AssertIssuedAsync();
        Assert.Equal(2, shim.Replaced.Count);
        Assert.NotEqual(first.SerialNumber, scenario.Leaf.SerialNumber);
    }

    [RequiresFact("named", "pebble", "dig")]
    public async Task Garbage_instead_of_renewal_information_harms_nothing()
    {
        using var scenario = new AcmeScenario(laboratory.Pebble, laboratory.Bind);
        scenario.Add(["garbage.office.test"]);
        var shim = new RenewalInfoShim { Answer = "<html>" };

        await scenario.Operator(shim.Around).RunAsync("office", TimeSpan.FromMinutes(30));

        await scenario.AssertIssuedAsync();
        Assert.True(shim.Asked > 0);
        Assert.True(scenario.Certificate.Status!.RenewalTime > DateTimeOffset.UtcNow.AddDays(1));
    }
}
