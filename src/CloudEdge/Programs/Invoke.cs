namespace CloudEdge.Programs;

/// <summary>A question to a provider that changes nothing (<c>fn::invoke</c>).</summary>
internal static class Invoke
{
    /// <param name="function">Pulumi's token, such as <c>std:index:parseint</c>.</param>
    /// <param name="arguments">A record with the function's inputs.</param>
    /// <param name="result">The output wanted.</param>
    public static Output<T> Function<T>(string function, object arguments, string result) =>
        Output.Computed<T>(() => new YamlMappingNode
        {
            {
                "fn::invoke", new YamlMappingNode
                {
                    { "function", Yaml.Text(function) },
                    { "arguments", Yaml.Properties(arguments) },
                    { "return", Yaml.Text(result) },
                }
            },
        });
}
