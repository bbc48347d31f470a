namespace LocalControlPlane.Schemas;

/// <summary>Why a schema cannot be served.</summary>
/// <param name="Path">In the schema, such as <c>properties[spec].properties[pools]</c>.</param>
public sealed record SchemaProblem(string Path, string Message)
{
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
