using System.Net;
using Operator.Dns;
using Operator.Dns.Names;
using Operator.Dns.Providers;
using Operator.Dns.Resolving;
using Operator.Dns.Verifying;
using TestSupport.Prerequisites;

namespace DnsInterop.Tests.Bind;

[Collection(BindCollection.Name)]
public sealed class ResolvingTests(BindPair bind)
{
    internal static AuthoritativeResolver Resolver { get; } =
        new(new DnsExchange(TimeProvider.System, TimeSpan.FromSeconds(30)), [BindPair.Primary]);

    [RequiresFact("named", "dig", "ip")]
    public async Task The_zone_of_a_name_is_found_with_every_server_of_it()
    {
        _ = bind;
        var zone = await Resolver.FindZoneAsync(DomainName.Parse($"a.b.c.{BindPair.Zone}"), CancellationToken.None);
        var servers = await Resolver.FindServersAsync(zone, CancellationToken.None);

        Assert.Equal(BindPair.Zone, zone.Apex.Text);
        Assert.Equal(TimeSpan.FromHours(1), zone.Refresh);
        Assert.Equal([BindPair.Primary, BindPair.Secondary], servers.Select(server => server.EndPoint));
    }

    [RequiresFact("named", "dig", "ip")]
    public async Task A_chain_of_aliases_is_followed_to_its_end()
    {
        var chain = await Resolver.FollowAsync(DomainName.Parse($"alias.{BindPair.Zone}"), CancellationToken.None);

        Assert.Equal(["alias", "middle", "ns1"], chain.Names.Select(name => name.Text.Split('.')[0]));
    }

    [RequiresFact("named", "dig", "ip")]
    public async Task What_a_server_does_not_have_is_told_apart()
    {
        var server = new NameServer("ns1", BindPair.Primary);

        Assert.Equal(
            new ServerAnswer.Nothing(NameExists: false, IsAuthoritative: true),
            await Resolver.AskAsync(server, DomainName.Parse($"nobody.{BindPair.Zone}"), RecordType.A, CancellationToken.None));
        Assert.Equal(
            new ServerAnswer.Nothing(NameExists: true, IsAuthoritative: true),
            await Resolver.AskAsync(server, DomainName.Parse($"ns1.{BindPair.Zone}"), RecordType.Aaaa, CancellationToken.None));
        Assert.IsType<ServerAnswer.Alias>(
            await Resolver.AskAsync(server, DomainName.Parse($"alias.{BindPair.Zone}"), RecordType.A, CancellationToken.None));
    }

    [RequiresFact("named", "dig", "ip")]
    public async Task A_secondary_that_was_not_told_is_named_as_stale()
    {
        var name = DomainName.Parse($"vpn.{BindPair.StaleZone}");
        var published = AddressSet.Parse(["203.0.113.5"]);
        Assert.IsType<ProviderOutcome.Applied>(await UpdateTests.Provider()
            .ApplyAddressesAsync(new AddressChange(name, published.V4, null, TimeSpan.FromSeconds(60)), CancellationToken.None));

        var round = await new Verifier(Resolver).AskAsync(name, [], [], v4: true, v6: false, CancellationToken.None);

        var soon = Verification.Judge(round.Findings, published, TimeSpan.FromMinutes(5), round.Refresh);
        var late = Verification.Judge(round.Findings, published, TimeSpan.FromHours(3), round.Refresh);
        Assert.IsType<VerificationVerdict.Propagating>(soon);
        Assert.Equal(
            [$"ns2.{BindPair.StaleZone} ({BindPair.Secondary.Address})"],
            Assert.IsType<VerificationVerdict.Stale>(late).Servers.ToArray());
    }

    [RequiresFact("named", "dig", "ip")]
    public async Task A_server_that_does_not_answer_is_a_finding_and_not_an_exception()
    {
        var resolver = new AuthoritativeResolver(
            new DnsExchange(TimeProvider.System, TimeSpan.FromMilliseconds(300), attempts: 1), [BindPair.Primary]);

        var round = await new Verifier(resolver)
            .AskAsync(DomainName.Parse($"vpn.{BindPair.Zone}"), ["198.18.153.77"], [], true, false, CancellationToken.None);

        Assert.Null(Assert.Single(round.Findings).Addresses);
    }
}
