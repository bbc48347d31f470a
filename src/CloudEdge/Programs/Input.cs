namespace CloudEdge.Programs;

/// <summary>What a resource takes: a value known now, or one that the cloud will tell.</summary>
public readonly struct Input<T> : IExpression
{
    private readonly T? _value;
    private readonly IExpression? _expression;

    private Input(T? value, IExpression? expression)
    {
        _value = value;
        _expression = expression;
    }

    public static implicit operator Input<T>(T value) => new(value, null);

    public static implicit operator Input<T>(Output<T> output) => new(default, output);

    public static implicit operator Input<T>(Interpolation interpolation) => new(default, interpolation);

    public YamlNode ToYaml() => _expression?.ToYaml() ?? Yaml.Value(_value!);
}
