using YamlDotNet.Core;

namespace CloudEdge.Programs;

/// <summary>The text that Pulumi's YAML host reads from the compiler's standard output.</summary>
public static class ProgramText
{
    /// <summary>Writes the program without anchors, and reads it again: a text that does not
    /// parse would end the host without a word.</summary>
    /// <exception cref="YamlException">The text does not read back: a fault of this program.</exception>
    public static string Write(PulumiProgram program)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        new YamlStream(new YamlDocument(program.ToYaml())).Save(writer, assignAnchors: false);

        // YamlDotNet ends the document with "...", which Pulumi's reader does not need.
        var text = writer.ToString();
        if (text.EndsWith("...\n", StringComparison.Ordinal)) text = text[..^4];

        new YamlStream().Load(new StringReader(text));
        return text;
    }
}
