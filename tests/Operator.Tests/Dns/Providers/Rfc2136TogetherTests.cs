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

    [Fact]
    public async Task The_zone_of_a_name_is_asked_for_once_and_again_after_a_refusal()
    {
        var (questions, refuses) = (0, false);
        await using var server = new LoopbackDns(query =>
        {
            const int update = 5 << 3;
            if ((query[2] & 0x78) == update) return [.. query[..2], 0xA8, (byte)(refuses ? 5 : 0), .. new byte[8]];

            // The name has an SOA of its own: a pointer to the question, type, class, time to live, and root for both its names.
            questions++;
            return
            [
                .. query[..2], 0x84, 0, 0, 1, 0, 1, 0, 0, 0, 0, .. query[12..],
                0xC0, 12, 0, 6, 0, 1, 0, 0, 0, 60, 0, 22, .. new byte[22],
            ];
        });
        var provider = new Rfc2136Provider(
            new Rfc2136Settings([server.EndPoint.ToString()], null, null),
            new DnsExchange(TimeProvider.System, TimeSpan.FromSeconds(30)), TimeProvider.System);

        async Task<int> QuestionsForAsync(bool refused)
        {
            refuses = refused;
            var outcome = await provider.ApplyAddressesAsync(Changes[0], CancellationToken.None);
            Assert.Equal(refused ? "REFUSED" : null, outcome.FailureOrNull?.Words);
            return questions;
        }

        Assert.Equal(1, await QuestionsForAsync(refused: false));
        Assert.Equal(1, await QuestionsForAsync(refused: true));
        Assert.Equal(2, await QuestionsForAsync(refused: false));
        Assert.Equal(2, await QuestionsForAsync(refused: false));
    }

    private static async Task<IReadOnlyList<ProviderOutcome?>> SendAsync(LoopbackDns server, TimeSpan patience)
    {
        var provider = new Rfc2136Provider(
            new Rfc2136Settings([server.EndPoint.ToString()], DomainName.Parse("example.com"), null),
            new DnsExchange(TimeProvider.System, patience), TimeProvider.System);
        return await provider.ApplyTogetherAsync([.. Changes], CancellationToken.None);
    }
}
