namespace CloudEdge.Programs;

/// <summary>A value that is known only once the cloud has answered: a property
/// of a resource or the result of an invoke.</summary>
/// <typeparam name="T">What Pulumi's schema says it is.</typeparam>
/// <param name="path">The dotted path inside <c>${}</c>; null for an expression that can only stand alone.</param>
public sealed class Output<T>(string? path, Func<YamlNode> write) : IExpression
{
    public string? Path { get; } = path;

    /// <summary>The element of a list with this name.</summary>
    public Output<TElement> Element<TElement>(int index, string property) =>
        Output.At<TElement>(
            $"{Path ?? throw new InvalidOperationException("Only a value with a name has elements.")}[{index}].{property}");

    public YamlNode ToYaml() => write();
}
