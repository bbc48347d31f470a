using System.Net;
using DnsProtocol.Tsig;
using Operator.Dns.Names;
using Operator.Dns.Ownership;
using Operator.Dns.Providers;
using Operator.Dns.Providers.Rfc2136;
using Operator.Dns.Resolving;
using TestSupport.Prerequisites;

namespace DnsInterop.Tests.Bind;

[Collection(BindCollection.Name)]
public sealed class UpdateTests(BindPair bind)
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [RequiresFact("named", "dig", "ip")]
    public async Task Addresses_come_change_and_go_at_both_servers()
    {
        var name = DomainName.Parse($"plain.{BindPair.Zone}");
        var provider = Provider();

        Assert.IsType<ProviderOutcome.Applied>(await provider.ApplyAddressesAsync(
            new AddressChange(name, [Address(1), Address(2)], [IPAddress.Parse("2001:db8::1")], Ttl), CancellationToken.None));
        await BindPair.HasAsync(BindPair.Primary, name.Text, "A", "203.0.113.1", "203.0.113.2");
        await BindPair.HasAsync(BindPair.Secondary, name.Text, "AAAA", "2001:db8::1");

        Assert.IsType<ProviderOutcome.Applied>(
            await provider.ApplyAddressesAsync(new AddressChange(name, [Address(3)], null, Ttl), CancellationToken.None));
        await BindPair.HasAsync(BindPair.Secondary, name.Text, "A", "203.0.113.3");
        await BindPair.HasAsync(BindPair.Primary, name.Text, "AAAA", "2001:db8::1");
        var listing = Assert.IsType<ProviderListing<PublishedAddress>.Found>(
            await provider.ListAddressesAsync(name, CancellationToken.None));
        Assert.Equal(
            ["203.0.113.3 60", "2001:db8::1 60"], listing.Items.Select(item => $"{item.Address} {item.TimeToLive.TotalSeconds}"));

        await provider.ApplyAddressesAsync(new AddressChange(name, [], [], Ttl), CancellationToken.None);
        await BindPair.HasAsync(BindPair.Secondary, name.Text, "A");
    }

    [RequiresFact("named", "dig", "ip")]
    public async Task Two_text_values_stand_side_by_side_and_one_is_removed_alone()
    {
        var name = DomainName.Parse($"_acme-challenge.{BindPair.Zone}");
        var provider = Provider();

        await provider.PresentTextAsync(name, "one", Ttl, CancellationToken.None);
        await provider.PresentTextAsync(name, "two", Ttl, CancellationToken.None);
        await BindPair.HasAsync(BindPair.Secondary, name.Text, "TXT", "\"one\"", "\"two\"");

        await provider.RemoveTextAsync(name, "one", CancellationToken.None);
        await BindPair.HasAsync(BindPair.Secondary, name.Text, "TXT", "\"two\"");
        Assert.Equal<string>(
            ["two"],
            Assert.IsType<ProviderListing<string>.Found>(await provider.ListTextAsync(name, CancellationToken.None)).Items);
    }

    [RequiresFact("named", "dig", "ip")]
    public async Task A_wrong_secret_an_unknown_key_and_a_wrong_clock_are_told_apart_and_change_nothing()
    {
        var change = new AddressChange(DomainName.Parse($"signed.{BindPair.Zone}"), [Address(1)], null, Ttl);
        var wrong = Convert.ToBase64String(new byte[32]);

        async Task<ProviderFailure> Failure(IDnsProvider provider) =>
            (await provider.ApplyAddressesAsync(change, CancellationToken.None)).FailureOrNull!;

        var badSecret = await Failure(Provider(secret: wrong));
        var badKey = await Failure(Provider(keyName: "nobody.test"));
        var badTime = await Failure(Provider(time: new ShiftedTime(TimeSpan.FromHours(2))));
        var notAllowed = await Failure(Provider(keyName: "readonly.test"));

        Assert.Equal((FailureClass.Auth, "BADSIG"), (badSecret.Class, badSecret.Words));
        Assert.Equal((FailureClass.Auth, "BADKEY"), (badKey.Class, badKey.Words));
        Assert.Equal((FailureClass.Transient, "BADTIME"), (badTime.Class, badTime.Words));
        Assert.Contains("120 minutes behind", badTime.Advice, StringComparison.Ordinal);
        Assert.Equal((FailureClass.Auth, "REFUSED"), (notAllowed.Class, notAllowed.Words));
        Assert.Empty(await BindPair.DigAsync(BindPair.Primary, change.Name.Text, "A"));
    }

    [RequiresFact("named", "dig", "nsupdate", "ip")]
    public async Task A_name_that_somebody_took_a_moment_before_is_not_taken()
    {
        var name = DomainName.Parse($"race.{BindPair.Zone}");
        var mark = new OwnershipMark(OwnerMark.PlaceFor(name)!, OwnerMark.ValueFor("vpn", "race", "1"), MarkExpectation.Free);
        await bind.NsupdateAsync($"update add {name} 60 A 203.0.113.99");

        var outcome = await Provider()
            .ApplyAddressesAsync(new AddressChange(name, [Address(1)], null, Ttl) { Mark = mark }, CancellationToken.None);

        Assert.Equal((FailureClass.Config, "YXRRSET"), (outcome.FailureOrNull!.Class, outcome.FailureOrNull.Words));
        Assert.Equal(["203.0.113.99"], await BindPair.DigAsync(BindPair.Primary, name.Text, "A"));
        Assert.Empty(await BindPair.DigAsync(BindPair.Primary, mark.Name.Text, "TXT"));
    }

    [RequiresFact("named", "dig", "nsupdate", "ip")]
    public async Task Records_whose_mark_was_taken_away_are_not_written_any_more()
    {
        var name = DomainName.Parse($"marked.{BindPair.Zone}");
        var mark = new OwnershipMark(OwnerMark.PlaceFor(name)!, OwnerMark.ValueFor("vpn", "marked", "1"), MarkExpectation.Free);
        Assert.IsType<ProviderOutcome.Applied>(await Provider()
            .ApplyAddressesAsync(new AddressChange(name, [Address(1)], null, Ttl) { Mark = mark }, CancellationToken.None));
        var ours = mark with { Expectation = MarkExpectation.Ours };
        Assert.IsType<ProviderOutcome.Applied>(await Provider()
            .ApplyAddressesAsync(new AddressChange(name, [Address(2)], null, Ttl) { Mark = ours }, CancellationToken.None));

        await bind.NsupdateAsync($"update delete {mark.Name} TXT");
        var outcome = await Provider()
            .ApplyAddressesAsync(new AddressChange(name, [Address(3)], null, Ttl) { Mark = ours }, CancellationToken.None);

        Assert.Equal("NXRRSET", outcome.FailureOrNull?.Words);
        Assert.Equal(["203.0.113.2"], await BindPair.DigAsync(BindPair.Primary, name.Text, "A"));
    }

    [RequiresFact("named", "dig", "ip")]
    public async Task A_change_too_long_for_udp_goes_over_tcp()
    {
        var name = DomainName.Parse($"many.{BindPair.Zone}");
        var addresses = Enumerable.Range(1, 60).Select(Address).ToArray();

        Assert.IsType<ProviderOutcome.Applied>(
            await Provider().ApplyAddressesAsync(new AddressChange(name, [.. addresses], null, Ttl), CancellationToken.None));

        var listing = Assert.IsType<ProviderListing<PublishedAddress>.Found>(
            await Provider().ListAddressesAsync(name, CancellationToken.None));
        Assert.Equal(60, listing.Items.Length);
    }

    [RequiresFact("named", "dig", "ip")]
    public async Task A_server_that_is_away_is_a_temporary_failure_and_is_used_again_when_it_is_back()
    {
        var change = new AddressChange(DomainName.Parse($"away.{BindPair.Zone}"), [Address(1)], null, Ttl);
        await bind.StopPrimaryAsync();

        var away = await Provider(patience: TimeSpan.FromMilliseconds(500)).ApplyAddressesAsync(change, CancellationToken.None);
        await bind.StartPrimaryAsync();
        var back = await Provider().ApplyAddressesAsync(change, CancellationToken.None);

        Assert.Equal(FailureClass.Transient, away.FailureOrNull?.Class);
        Assert.IsType<ProviderOutcome.Applied>(back);
    }

    [RequiresFact("named", "dig", "ip")]
    public async Task A_name_in_no_zone_of_the_server_is_a_mistake_that_is_told()
    {
        var outcome = await Provider().ApplyAddressesAsync(
            new AddressChange(DomainName.Parse("vpn.elsewhere.invalid"), [Address(1)], null, Ttl), CancellationToken.None);

        Assert.NotNull(outcome.FailureOrNull);
        Assert.NotEqual(FailureClass.Unknown, outcome.FailureOrNull.Class);
    }

    [RequiresFact("named", "dig", "ip")]
    public async Task A_name_of_a_zone_below_goes_into_that_zone_also_after_one_of_the_zone_above()
    {
        var provider = Provider();
        string[] names = [
            $"parent.{BindPair.Zone}", $"vpn.{BindPair.ChildZone}", BindPair.ChildZone, $"*.{BindPair.ChildZone}",
            $"across.{BindPair.ChildZone}", $"vpn.{BindPair.ForeignZone}",
        ];

        AddressChange Change(string name) => new(DomainName.Parse(name), [Address(7)], null, Ttl);
        var joint = await provider.ApplyTogetherAsync([.. names.Select(Change)], CancellationToken.None);

        Assert.IsType<ProviderOutcome.Applied>(joint[0]);
        Assert.All(joint.Skip(1), Assert.Null);
        foreach (var name in names[1..4])
            Assert.IsType<ProviderOutcome.Applied>(await provider.ApplyAddressesAsync(Change(name), CancellationToken.None));
        foreach (var name in names[..3])
            Assert.Equal(["203.0.113.7"], await BindPair.DigAsync(BindPair.Primary, name, "A"));
        Assert.Equal(["203.0.113.7"], await BindPair.DigAsync(BindPair.Primary, $"any.{BindPair.ChildZone}", "A"));

        // The SOA behind an alias is that of the zone where it leads. (BIND takes an address beside an alias, and ignores it.)
        var behind = await provider.ApplyTogetherAsync([Change(names[1]), Change(names[4])], CancellationToken.None);
        Assert.All(behind, outcome => Assert.IsType<ProviderOutcome.Applied>(outcome));

        var foreign = (await provider.ApplyAddressesAsync(Change(names[5]), CancellationToken.None)).FailureOrNull;
        Assert.Equal(
            (FailureClass.Config, $"{BindPair.ForeignZone} is delegated to other servers"), (foreign?.Class, foreign?.Words));
    }

    internal static Rfc2136Provider Provider(
        string keyName = BindPair.KeyName, string secret = BindPair.Secret,
        TimeProvider? time = null, TimeSpan? patience = null) => new(
        new Rfc2136Settings(
            [BindPair.Primary.ToString()], null,
            new TsigKey(keyName, TsigAlgorithm.HmacSha256, Convert.FromBase64String(secret))),
        new DnsExchange(TimeProvider.System, patience ?? Patience),
        time ?? TimeProvider.System);

    private static IPAddress Address(int last) => IPAddress.Parse($"203.0.113.{last}");

    private sealed class ShiftedTime(TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;
    }
}
