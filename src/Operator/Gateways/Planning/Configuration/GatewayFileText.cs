using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using GatewayConfig;
using Operator.Resources.Yaml;

namespace Operator.Gateways.Planning.Configuration;

/// <summary>Writes gateway.yaml. Only what is not the default stands in it, so that a gateway one version older is told
/// of a new field only when somebody uses it.</summary>
public static class GatewayFileText
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new DurationTextConverter() },
    };

    private static readonly JsonObject Defaults = ToJson(new GatewayConfiguration());

    /// <summary>The same configuration always gives the same text.</summary>
    public static string Write(GatewayConfiguration configuration) =>
        ResourceYaml.Write(Differing(ToJson(configuration), Defaults));

    private static JsonObject ToJson(GatewayConfiguration configuration) =>
        (JsonObject)JsonSerializer.SerializeToNode(configuration, Options)!;

    private static JsonObject Differing(JsonObject value, JsonObject defaults)
    {
        var result = new JsonObject();
        foreach (var (name, field) in value)
        {
            var usual = defaults[name];
            if (JsonNode.DeepEquals(field, usual)) continue;
            result[name] = field is JsonObject section && usual is JsonObject usualSection
                ? Differing(section, usualSection)
                : field?.DeepClone();
        }
        return result;
    }
}
