using System.Net;
using Operator.Dns.Names;
using Operator.Dns.Providers;
using Operator.Dns.Providers.Rfc2136;
using Operator.Dns.Resolving;
using Operator.Tests.Dns.Sources;

namespace Operator.Tests.Dns.Providers;

/// <summary>What it means when a DNS UPDATE message for several names is not done.
/// With a real server: NamesTogetherTests.</summary>
public sealed class Rfc2136TogetherTests
{
    private static readonly AddressChange[] Changes =
        [.. Enumerable.Range(0, 2).Select(i => new AddressChange(
            DomainName.Parse($"n{i}.example.com"), [IPAddress.Parse("192.0.2.1")], null, TimeSpan.FromMinutes(1)))];

    [Theory]
    [InlineData(2)]    // SERVFAIL
    [InlineData(5)]    // REFUSED
    [InlineData(8)]    // NXRRSET
    [InlineData(15)]   // none that updates have
    public async Task An_answer_that_it_was_not_done_blames_nobody(byte code)
    {
        await using var server = new LoopbackDns(query => [.. query[..2], 0xA8, code, .. new byte[8]]);

        var outcomes = await SendAsync(server, TimeSpan.FromSeconds(30));

        Assert.Equal([null, null], outcomes);
    }

    [Fact]
    public async Task No_answer_is_a_failure_of_each()
    {
        await using var server = new LoopbackDns(_ => null);

        var outcomes = await SendAsync(server, TimeSpan.FromMilliseconds(50));

        Assert.Equal(2, outcomes.Count);
        Assert.All(outcomes, outcome => Assert.Equal(ServiceOutage.Unreachable, outcome?.FailureOrNull?.Outage));
    }

    private static async Task<IReadOnlyList<ProviderOutcome?>> SendAsync(LoopbackDns server, TimeSpan patience)
    {
        var provider = new Rfc2136Provider(
            new Rfc2136Settings([server.EndPoint.ToString()], DomainName.Parse("example.com"), null),
            new DnsExchange(TimeProvider.System, patience), TimeProvider.System);
        return await provider.ApplyTogetherAsync([.. Changes], CancellationToken.None);
    }
}
