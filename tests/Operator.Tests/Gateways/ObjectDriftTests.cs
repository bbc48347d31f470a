using System.Text.Json;
using System.Text.Json.Nodes;
using Operator.Gateways;

namespace Operator.Tests.Gateways;

public sealed class ObjectDriftTests
{
    [Theory]
    [InlineData("""{"a":1,"b":{"c":"x"}}""", """{"a":1,"b":{"c":"x"}}""", null)]
    [InlineData("""{"a":1,"server":"added","b":{"c":"x","more":[]}}""", """{"a":1,"b":{"c":"x"}}""", null)]
    [InlineData("""{"a":[{"n":1,"default":true}]}""", """{"a":[{"n":1}]}""", null)]
    [InlineData("""{"a":2}""", """{"a":1}""", ".a")]
    [InlineData("""{"b":{}}""", """{"b":{"c":"x"}}""", ".b.c")]
    [InlineData("""{"a":[{"n":1},{"n":2}]}""", """{"a":[{"n":1}]}""", ".a")]
    [InlineData("""{"a":[{"n":1},{"n":2}]}""", """{"a":[{"n":1},{"n":3}]}""", ".a[1].n")]
    [InlineData("""{"a":"1"}""", """{"a":1}""", ".a")]
    [InlineData("""{"a":1}""", """{"a":null}""", ".a")]
    public void Names_the_first_place_where_something_wanted_is_missing(string there, string wanted, string? expected) =>
        Assert.Equal(expected, ObjectDrift.FirstDifference(JsonElement.Parse(there), JsonNode.Parse(wanted)));
}
