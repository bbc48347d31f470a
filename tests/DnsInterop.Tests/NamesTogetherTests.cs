using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using DnsInterop.Tests.Bind;
using Operator.Dns.Names;
using Operator.Dns.Ownership;
using Operator.Dns.Providers;
using Operator.Dns.Providers.Rfc2136;
using Operator.Resources;
using TestSupport.Prerequisites;

namespace DnsInterop.Tests;

/// <summary>Several names of a zone in one UPDATE message.
/// BIND raises the zone's serial once for each message that changes something.</summary>
[Collection(BindCollection.Name)]
public sealed class NamesTogetherTests(BindPair bind)
{
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(60);

    [RequiresFact("named", "dig", "ip")]
    public async Task Fifty_names_with_their_marks_are_one_message()
    {
        var label = new string('x', 60);    // long ones, so that the message is, too
        DomainName[] names =
            [.. Enumerable.Range(0, 50).Select(i => DomainName.Parse($"n{i}.{label}.{label}.{label}.{BindPair.Zone}"))];
        var provider = UpdateTests.Provider();
        foreach (var name in names)
            Assert.IsType<ProviderOutcome.Applied>(
                await provider.ApplyAddressesAsync(Change(name, 1, MarkExpectation.Free), CancellationToken.None));
        var serial = await SerialAsync();

        var outcomes = await provider.ApplyTogetherAsync(
            [.. names.Select(name => Change(name, 2, MarkExpectation.Ours))], CancellationToken.None);

        Assert.Equal(50, outcomes.Length);
        Assert.All(outcomes, outcome => Assert.IsType<ProviderOutcome.Applied>(outcome));
        Assert.Equal(serial + 1, await SerialAsync());
        Assert.Equal(["203.0.113.2"], await BindPair.DigAsync(BindPair.Primary, names[0].Text, "A"));
        Assert.Equal(["203.0.113.2"], await BindPair.DigAsync(BindPair.Primary, names[49].Text, "A"));
    }

    [RequiresFact("named", "dig", "ip")]
    public async Task What_is_too_long_or_in_another_zone_is_not_sent_together()
    {
        var provider = UpdateTests.Provider();
        DomainName[] names = [.. Enumerable.Range(0, 50).Select(i => DomainName.Parse($"long{i}.{BindPair.Zone}"))];
        var serial = await SerialAsync();
        ImmutableArray<IPAddress> many = [.. Enumerable.Range(1, 60).Select(Address)];
        var tooLong = await provider.ApplyTogetherAsync(
            [.. names.Select(name => new AddressChange(name, many, null, Ttl))], CancellationToken.None);
        Assert.All(tooLong, Assert.Null);
        Assert.Equal(serial, await SerialAsync());

        var elsewhere = DomainName.Parse($"here.{BindPair.StaleZone}");
        var outcomes = await provider.ApplyTogetherAsync(
            [.. new[] { names[0], elsewhere, names[1] }.Select(name => new AddressChange(name, [Address(1)], null, Ttl))],
            CancellationToken.None);
        Assert.IsType<ProviderOutcome.Applied>(outcomes[0]);
        Assert.Null(outcomes[1]);
        Assert.IsType<ProviderOutcome.Applied>(outcomes[2]);
        Assert.Equal(["203.0.113.1"], await BindPair.DigAsync(BindPair.Primary, names[1].Text, "A"));
        Assert.Empty(await BindPair.DigAsync(BindPair.Primary, elsewhere.Text, "A"));
    }

    [RequiresFact("named", "dig", "nsupdate", "ip")]
    public async Task Names_of_an_operator_go_together_and_one_that_is_somebody_elses_now_refuses_no_other()
    {
        const string sections = """
            "source":{"kind":"Push","push":{"tokenSecret":{"name":"p","key":"t"}},"allowedRanges":["203.0.113.0/24"]},"verification":{"mode":"Off"}
            """;
        var records = new List<RecordAtBind>();
        for (var i = 0; i < 6; i++) records.Add(new RecordAtBind($"joint{i}", sections, beside: records.FirstOrDefault()));
        try
        {
            await RoundsAsync(records, "203.0.113.1");
            Assert.All(await StatusesAsync(records), status => Assert.Equal(["203.0.113.1"], status.Published));

            var serial = await SerialAsync();
            await RoundsAsync(records, "203.0.113.2");
            Assert.Equal(serial + 1, await SerialAsync());
            Assert.All(await StatusesAsync(records), status => Assert.Equal(["203.0.113.2"], status.Published));

            var mark = OwnerMark.PlaceFor(DomainName.Parse(records[3].Fqdn))!;
            await bind.NsupdateAsync(
                $"update delete {mark} TXT", $"update add {mark} 60 TXT \"{OwnerMark.ValueFor("vpn", "other", "1")}\"");
            serial = await SerialAsync();
            await RoundsAsync(records, "203.0.113.3");
            var statuses = await StatusesAsync(records);
            Assert.Equal(serial + 5, await SerialAsync());    // the five others, each alone
            for (var i = 0; i < 6; i++)
                Assert.Equal(
                    [i == 3 ? "203.0.113.2" : "203.0.113.3"],
                    await BindPair.DigAsync(BindPair.Primary, records[i].Fqdn, "A"));
            Assert.Equal(
                "OwnedByAnother", statuses[3].Conditions.Single(condition => condition.Type == ConditionTypes.Ready).Reason);

            // The next change finds the five together again.
            serial = await SerialAsync();
            await RoundsAsync(records, "203.0.113.4");
            Assert.Equal(serial + 1, await SerialAsync());
            Assert.Equal(5, (await StatusesAsync(records)).Count(status => status.Published is ["203.0.113.4"]));
        }
        finally
        {
            foreach (var record in records) await record.DisposeAsync();
        }
    }

    /// <summary>The news, the passes that are due for it, and those for answers and for who goes alone.</summary>
    private static async Task RoundsAsync(List<RecordAtBind> records, string address)
    {
        var waiting = records.Select(record => record.Key).ToHashSet();
        records[0].Hurry = waiting.Contains;
        foreach (var record in records) record.Report(address);
        foreach (var record in records)
        {
            waiting.Remove(record.Key);
            await record.PassAsync();
        }

        await StatusesAsync(records);
    }

    private static async Task<IReadOnlyList<Operator.Resources.DdnsRecords.DdnsRecordStatus>> StatusesAsync(
        List<RecordAtBind> records)
    {
        var statuses = new List<Operator.Resources.DdnsRecords.DdnsRecordStatus>();
        foreach (var record in records) statuses.Add(await record.PassAsync());
        return statuses;
    }

    private static AddressChange Change(DomainName name, int last, MarkExpectation expectation) =>
        new(name, [Address(last)], null, Ttl)
        {
            Mark = new OwnershipMark(OwnerMark.PlaceFor(name)!, OwnerMark.ValueFor("vpn", "home", "1"), expectation),
        };

    private static IPAddress Address(int last) => IPAddress.Parse($"203.0.113.{last}");

    private static async Task<uint> SerialAsync() => uint.Parse(
        (await BindPair.DigAsync(BindPair.Primary, BindPair.Zone, "SOA"))[0].Split(' ')[2], CultureInfo.InvariantCulture);
}
