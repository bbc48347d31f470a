namespace CloudEdge.Programs;

/// <summary>A Pulumi program under construction: what is to exist, and what the user is told at the end.</summary>
/// <param name="name">The project's name; Pulumi wants it in the program as well as in Pulumi.yaml.</param>
public sealed class PulumiProgram(string name)
{
    private readonly Dictionary<string, YamlNode> _secrets = [];
    private readonly Dictionary<string, YamlNode> _variables = [];
    private readonly Dictionary<string, Resource> _resources = [];
    private readonly Dictionary<string, YamlNode> _outputs = [];

    /// <summary>A secret of the stack's configuration: the program names it and never holds it.</summary>
    public Output<string> Secret(string key)
    {
        _secrets.Add(key, new YamlMappingNode { { "type", "string" }, { "secret", "true" } });
        return Output.At<string>(key);
    }

    /// <summary>Gives an expression a name, so that it can stand inside texts and is asked only once.</summary>
    public Output<T> Variable<T>(string key, Output<T> value)
    {
        _variables.Add(key, value.ToYaml());
        return Output.At<T>(key);
    }

    public TResource Add<TResource>(TResource resource)
        where TResource : Resource
    {
        _resources.Add(resource.Key, resource);
        return resource;
    }

    /// <summary>What <c>pulumi stack output KEY</c> prints.</summary>
    public void Tell(string key, object value) => _outputs.Add(key, Yaml.Value(value));

    /// <summary>Takes over what another program has, under names of its own:
    /// for a program that is only looked at, never run.</summary>
    internal void Include(PulumiProgram other, string prefix)
    {
        foreach (var (key, node) in other._variables) _variables.Add($"{prefix}-{key}", node);
        foreach (var (key, resource) in other._resources) _resources.Add($"{prefix}-{key}", resource);
    }

    internal YamlMappingNode ToYaml()
    {
        var root = new YamlMappingNode { { "name", name }, { "runtime", "yaml" } };
        AddSection(root, "config", _secrets);
        AddSection(root, "variables", _variables);
        AddSection(root, "resources", _resources.ToDictionary(entry => entry.Key, YamlNode (entry) => entry.Value.ToYaml()));
        AddSection(root, "outputs", _outputs);
        return root;
    }

    private static void AddSection(YamlMappingNode root, string section, Dictionary<string, YamlNode> entries)
    {
        if (entries.Count == 0) return;
        var map = new YamlMappingNode();
        foreach (var (key, node) in entries) map.Add(key, node);
        root.Add(section, map);
    }
}
