namespace LocalControlPlane.Schemas.BuiltIn;

/// <summary>Schemas of the kinds that an API server brings along; those this product needs.</summary>
public static class BuiltInSchemas
{
    private const string Resource = "LocalControlPlane.Schemas.BuiltIn.built-in.schema";

    private static readonly Lazy<(IReadOnlyDictionary<(string ApiVersion, string Kind), StructuralSchema> Kinds,
        StructuralSchema ObjectMeta)> Parsed = new(() =>
    {
        using var stream = typeof(BuiltInSchemas).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in the assembly");
        using var reader = new StreamReader(stream);
        return BuiltInParser.Parse(reader.ReadToEnd());
    });

    public static StructuralSchema ApiVersion { get; } = new()
    {
        Type = SchemaType.String, Description = "Group and version of the API that this object is written in, such as apps/v1.",
    };

    public static StructuralSchema Kind { get; } = new() { Type = SchemaType.String, Description = "Kind of this object." };

    public static StructuralSchema ObjectMeta => Parsed.Value.ObjectMeta;

    public static IReadOnlyDictionary<(string ApiVersion, string Kind), StructuralSchema> All => Parsed.Value.Kinds;

    /// <param name="apiVersion">As objects carry it, such as v1 or apps/v1.</param>
    public static StructuralSchema? Find(string apiVersion, string kind) => All.GetValueOrDefault((apiVersion, kind));
}
