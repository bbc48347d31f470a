using System.Text;

namespace CloudEdge.Programs;

/// <summary>A text with values of the cloud in it, such as <c>root@${server.ipv4Address}</c>.</summary>
/// <remarks>In the literal parts every <c>$</c> is doubled, which is how Pulumi YAML spells the sign itself.</remarks>
public sealed class Interpolation : IExpression
{
    private readonly StringBuilder _text = new();

    /// <summary>Text as it is to arrive.</summary>
    public Interpolation Literal(string text)
    {
        _text.Append(Yaml.Escape(text));
        return this;
    }

    /// <summary>A value of the cloud.</summary>
    public Interpolation Value<T>(Output<T> output)
    {
        var path = output.Path ?? throw new InvalidOperationException(
            "An expression without a name cannot stand inside a text: make it a variable.");
        _text.Append("${").Append(path).Append('}');
        return this;
    }

    public YamlNode ToYaml() => Yaml.Text(_text.ToString());
}
