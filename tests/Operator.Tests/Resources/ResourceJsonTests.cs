using System.Text.Json;
using Operator.Resources;
using Operator.Resources.DdnsRecords;
using Operator.Resources.VpnGateways;

namespace Operator.Tests.Resources;

public class ResourceJsonTests
{
    [Fact]
    public void Fields_that_are_left_out_have_their_defaults()
    {
        var gateway = JsonSerializer.Deserialize(
            """{"metadata":{"name":"home"},"spec":{"listening":{"port":8443}}}""", ResourceJson.VpnGateway);

        Assert.NotNull(gateway);
        Assert.Equal("VpnGateway", gateway.Kind);
        Assert.Equal(8443, gateway.Spec.Listening.Port);
        Assert.Empty(gateway.Spec.Listening.AllowedSources);
        Assert.Equal(["10.254.0.0/22"], gateway.Spec.Addressing.Pools4);
        Assert.Equal(TimeSpan.FromSeconds(30), gateway.Spec.DrainTime.Value);
        Assert.True(gateway.Spec.Network.Masquerade);
        Assert.Null(gateway.Status);
    }

    [Fact]
    public void Words_and_durations_are_written_as_they_are_read()
    {
        const string text = """{"kind":"Web","interval":"1h30m","allowedRanges":["192.0.2.0/24"]}""";
        var spec = JsonSerializer.Deserialize(
            $$$"""{"spec":{"fqdn":"a.example","ttl":"90s","source":{{{text}}},"provider":{"kind":"DuckDns","duckDns":{"tokenSecret":{"name":"duck","key":"token"} } } } }""",
            ResourceJson.DdnsRecord)!.Spec;

        Assert.Equal(AddressSourceKind.Web, spec.Source!.Kind);
        Assert.Equal(TimeSpan.FromMinutes(90), spec.Source.Interval.Value);
        Assert.Equal(new GoDuration("1m30s"), spec.Ttl);
        var json = JsonSerializer.Serialize(new DdnsRecord { Spec = spec }, ResourceJson.DdnsRecord);
        Assert.Contains("\"interval\":\"1h30m\"", json, StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"DuckDns\"", json, StringComparison.Ordinal);
    }
}
