namespace CloudEdge.Programs;

/// <summary>One thing the cloud keeps.</summary>
/// <param name="key">Its name in the program; Pulumi's state knows it by this, so a changed key makes a new resource.</param>
/// <param name="type">Pulumi's token, such as <c>hcloud:index/server:Server</c>.</param>
/// <param name="arguments">A record with the inputs that Pulumi's schema gives for the type.</param>
public abstract class Resource(string key, string type, object arguments)
{
    public string Key { get; } = key;

    public string Type { get; } = type;

    /// <summary>Resources that must exist before, where no input says so.</summary>
    public IReadOnlyList<Resource> DependsOn { get; init; } = [];

    /// <summary>Inputs whose later changes are left alone, by their names in the schema.</summary>
    public IReadOnlyList<string> IgnoreChanges { get; init; } = [];

    internal YamlMappingNode ToYaml()
    {
        var node = new YamlMappingNode { { "type", Yaml.Text(Type) } };
        var properties = Yaml.Properties(arguments);
        if (properties.Children.Count > 0) node.Add("properties", properties);

        var options = new YamlMappingNode();
        if (DependsOn.Count > 0)
            options.Add("dependsOn", new YamlSequenceNode(DependsOn.Select(other => Yaml.Text($"${{{other.Key}}}"))));
        if (IgnoreChanges.Count > 0) options.Add("ignoreChanges", new YamlSequenceNode(IgnoreChanges.Select(Yaml.Text)));
        if (options.Children.Count > 0) node.Add("options", options);
        return node;
    }

    /// <summary>An output by its name in Pulumi's schema.</summary>
    protected Output<T> Property<T>(string name) => Output.At<T>($"{Key}.{name}");
}
