using System.Net;
using Operator.Dns;
using Operator.Dns.Accounts;
using Operator.Dns.Names;
using Operator.Dns.Providers;
using Operator.Dns.Providers.DuckDns;
using Operator.Tests.Dns.Providers;
using TestSupport.Time;

namespace Operator.Tests.Dns.Accounts;

public sealed class LimitedProviderTests
{
    private static readonly AddressChange Change =
        new(DomainName.Parse("a.duckdns.org"), [IPAddress.Parse("203.0.113.1")], null, TimeSpan.FromSeconds(60));

    [Fact]
    public async Task Calls_beyond_the_budget_are_not_sent_and_come_back_with_the_time_to_wait()
    {
        var time = new ManualTime();
        var (service, provider) = Limited(new AccountBudget(3, TimeSpan.FromMinutes(3), time), time);
        for (var i = 0; i < 3; i++)
            Assert.IsType<ProviderOutcome.Applied>(await provider.ApplyAddressesAsync(Change, CancellationToken.None));

        var beyond = await provider.ApplyAddressesAsync(Change, CancellationToken.None);
        time.Advance(TimeSpan.FromMinutes(1));
        var later = await provider.ApplyAddressesAsync(Change, CancellationToken.None);

        Assert.Equal(
            (FailureClass.Transient, TimeSpan.FromMinutes(1)),
            (beyond.FailureOrNull!.Class, beyond.FailureOrNull.RetryAfter!.Value));
        Assert.IsType<ProviderOutcome.Applied>(later);
        Assert.Equal(4, service.Requests.Count);
    }

    [Fact]
    public async Task A_wait_that_the_service_asks_of_one_name_holds_for_the_whole_account()
    {
        var time = new ManualTime();
        var (service, provider) = Limited(new AccountBudget(100, TimeSpan.FromMinutes(5), time), time);
        service.Answer("slow down", 429, ("Retry-After", "120"));
        await provider.ApplyAddressesAsync(Change, CancellationToken.None);
        await provider.ApplyAddressesAsync(Change, CancellationToken.None);

        var held = await provider.ApplyAddressesAsync(Change, CancellationToken.None);

        Assert.Equal(TimeSpan.FromSeconds(120), held.FailureOrNull?.RetryAfter);
        Assert.Equal(2, service.Requests.Count);
    }

    private static (ScriptedService Service, LimitedProvider Provider) Limited(AccountBudget budget, TimeProvider time)
    {
        var service = new ScriptedService().Answer("OK");
        return (service, new LimitedProvider(
            new DuckDnsProvider(service.Client, "token", time), budget, new DnsMetrics(new TestMeters()), "DuckDns"));
    }
}
