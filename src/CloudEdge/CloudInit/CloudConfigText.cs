using YamlDotNet.Core;

namespace CloudEdge.CloudInit;

/// <summary>Writes a cloud-init document.</summary>
internal static class CloudConfigText
{
    public static string Write(CloudConfig config)
    {
        var root = new YamlMappingNode { { "hostname", config.Hostname }, { "preserve_hostname", "false" } };
        if (config.Packages.Count > 0)
        {
            root.Add("package_update", "true");
            root.Add("packages", new YamlSequenceNode(config.Packages.Select(name => new YamlScalarNode(name))));
        }
        root.Add("write_files", new YamlSequenceNode(config.Files.Select(File)));
        root.Add("runcmd", new YamlSequenceNode(config.Commands.Select(Command)));

        // The first line is how cloud-init knows the format.
        return "#cloud-config\n" + Document(root);
    }

    /// <summary>A YAML document for a file on a machine.</summary>
    public static string Document(YamlNode root)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        new YamlStream(new YamlDocument(root)).Save(writer, assignAnchors: false);
        var text = writer.ToString();
        return text.EndsWith("...\n", StringComparison.Ordinal) ? text[..^4] : text;
    }

    private static YamlMappingNode File(CloudFile file) => new()
    {
        { "path", file.Path },
        { "permissions", Quoted(file.Mode) },
        { "content", new YamlScalarNode(file.Content) { Style = ScalarStyle.Literal } },
    };

    private static YamlSequenceNode Command(IReadOnlyList<string> words) => new(words.Select(Quoted));

    private static YamlScalarNode Quoted(string text) => new(text) { Style = ScalarStyle.DoubleQuoted };
}
