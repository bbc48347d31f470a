namespace Operator.Resources.Schemas;

/// <summary>A column of <c>kubectl get</c>, in the order they are written.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class PrinterColumnAttribute(string name, string jsonPath) : Attribute
{
    public string Name => name;
    public string JsonPath => jsonPath;

    /// <summary>What it shows, for <c>kubectl explain</c> and the reference.</summary>
    public required string Description { get; init; }

    /// <summary>OpenAPI type: string, integer or date.</summary>
    public string Type { get; init; } = "string";

    /// <summary>True: only with <c>-o wide</c>.</summary>
    public bool Wide { get; init; }
}
