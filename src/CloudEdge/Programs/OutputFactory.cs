namespace CloudEdge.Programs;

/// <summary>Makes values that the cloud will tell.</summary>
public static class Output
{
    /// <summary>A value that has a name in the program: <c>${server.ipv4Address}</c>.</summary>
    public static Output<T> At<T>(string path) => new(path, () => Yaml.Text($"${{{path}}}"));

    /// <summary>A value written out as an expression, such as <c>fn::invoke</c>.</summary>
    public static Output<T> Computed<T>(Func<YamlNode> write) => new(null, write);
}
