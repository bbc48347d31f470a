using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace KubeApi.Credentials;

/// <summary>YAML as JSON, with every scalar as text: a kubeconfig has no numbers.</summary>
internal static class KubeconfigYaml
{
    /// <exception cref="InvalidDataException">It holds no mapping.</exception>
    /// <exception cref="YamlDotNet.Core.YamlException">It is no YAML.</exception>
    public static JsonObject Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        if (stream.Documents.Count == 0) return [];
        return Convert(stream.Documents[0].RootNode) as JsonObject ?? throw new InvalidDataException("it is no mapping");
    }

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(pair =>
            KeyValuePair.Create(((YamlScalarNode)pair.Key).Value ?? "", Convert(pair.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Convert)]),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: null or "" or "~" or "null" } => null,
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };
}
