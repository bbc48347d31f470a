namespace CloudEdge.Programs;

/// <summary>Something that knows how it stands in a Pulumi program.</summary>
public interface IExpression
{
    YamlNode ToYaml();
}
