using System.Text.Json;
using Operator.Dns.Vantages;
using Operator.Resources;
using Operator.Resources.DdnsRecords;

namespace Operator.Tests.Dns.Vantages;

public sealed class ProbeTargetListTests
{
    [Fact]
    public void A_gateway_is_told_of_the_addresses_of_records_that_name_it_and_of_no_others()
    {
        DdnsRecord[] records =
        [
            Record("""{"spec":{"fqdn":"a.example","verification":{"reachability":{"vantages":["b"],"port":444}}},"status":{"published":["203.0.113.1","2001:db8::1"]}}"""),
            Record("""{"spec":{"fqdn":"b.example","verification":{"reachability":{"vantages":["c"]}}},"status":{"published":["203.0.113.2"]}}"""),
            Record("""{"spec":{"fqdn":"c.example"},"status":{"published":["203.0.113.3"]}}"""),
            Record("""{"spec":{"fqdn":"d.example","failover":{"check":{"vantages":["c","b"]},"targets":[]}},"status":{"published":["203.0.113.4"],"targets":[{"name":"x","addresses":["203.0.113.4"]},{"name":"y","addresses":["203.0.113.5"]}]}}"""),
        ];

        Assert.Equal(
            ["203.0.113.1:444", "203.0.113.4:443", "203.0.113.5:443", "[2001:db8::1]:444"],
            ProbeTargetList.For(records, "b").Select(target => target.ToString()).Order(StringComparer.Ordinal));
        Assert.Empty(ProbeTargetList.For(records, "nobody"));
    }

    private static DdnsRecord Record(string json) => JsonSerializer.Deserialize(json, ResourceJson.Info<DdnsRecord>())!;
}
