using Operator.Certificates.Challenges;
using Operator.Dns;
using Operator.Dns.Accounts;
using Operator.Dns.Records;
using Operator.Resources.DdnsRecords;
using Operator.Tests.Dns;
using Operator.Tests.Dns.Records;

namespace Operator.Tests.Certificates;

public sealed class OpenedDnsProvidersTests
{
    [Fact]
    public async Task An_account_is_the_same_in_each_namespace_that_has_its_token_and_each_token_is_another()
    {
        using var world = new Fleet(0);    // in each of its namespaces Secrets of one name are alike
        var metrics = new DnsMetrics(new TestMeters());
        var providers = new OpenedDnsProviders(
            new ProviderOpener(world, world, new ServiceAccounts(metrics, world.Time), metrics, world.Time));

        var one = await OpenAsync("vpn", "mine");

        Assert.Equal(one, await OpenAsync("branch", "mine"));
        Assert.NotEqual(one, await OpenAsync("vpn", "yours"));
        Assert.DoesNotContain("mine", one, StringComparison.Ordinal);

        async Task<string> OpenAsync(string @namespace, string token)
        {
            var spec = new DnsProvider
            {
                Kind = DnsProviderKind.DuckDns,
                DuckDns = new DuckDnsProvider { TokenSecret = new() { Name = "token", Key = token } },
            };
            return (await providers.OpenAsync(@namespace, spec, CancellationToken.None)).Identity;
        }
    }
}
