namespace LocalControlPlane.Cel.Types;

/// <summary>A type of the language, as the checker knows it.</summary>
/// <param name="Name">Of an object, for messages; of a parameter, its letter.</param>
/// <param name="Arguments">Element of a list; key and value of a map.</param>
/// <param name="Fields">Of an object: what it can hold, by the name a rule writes.</param>
public sealed record CelType(
    CelTypeKind Kind, string Name, IReadOnlyList<CelType> Arguments, IReadOnlyDictionary<string, CelType>? Fields = null)
{
    public static CelType Dyn { get; } = Simple(CelTypeKind.Dyn, "dyn");

    public static CelType Int { get; } = Simple(CelTypeKind.Int, "int");

    public static CelType Uint { get; } = Simple(CelTypeKind.Uint, "uint");

    public static CelType Double { get; } = Simple(CelTypeKind.Double, "double");

    public static CelType Bool { get; } = Simple(CelTypeKind.Bool, "bool");

    public static CelType String { get; } = Simple(CelTypeKind.String, "string");

    public static CelType Bytes { get; } = Simple(CelTypeKind.Bytes, "bytes");

    public static CelType Null { get; } = Simple(CelTypeKind.Null, "null_type");

    public static CelType Timestamp { get; } = Simple(CelTypeKind.Timestamp, "google.protobuf.Timestamp");

    public static CelType Duration { get; } = Simple(CelTypeKind.Duration, "google.protobuf.Duration");

    public static CelType Type { get; } = Simple(CelTypeKind.Type, "type");

    public static CelType Url { get; } = Simple(CelTypeKind.Url, "kubernetes.URL");

    public static CelType A { get; } = Simple(CelTypeKind.Parameter, "A");

    public static CelType B { get; } = Simple(CelTypeKind.Parameter, "B");

    /// <summary>What <c>type()</c> of a value of this type prints.</summary>
    public string RuntimeName => Name;

    public static CelType List(CelType element) => new(CelTypeKind.List, "list", [element]);

    public static CelType Map(CelType key, CelType value) => new(CelTypeKind.Map, "map", [key, value]);

    public static CelType Object(string name, IReadOnlyDictionary<string, CelType> fields) =>
        new(CelTypeKind.Object, name, [], fields);

    public bool Equals(CelType? other) =>
        other is not null && Kind == other.Kind && Name == other.Name && Arguments.SequenceEqual(other.Arguments);

    public override int GetHashCode() => HashCode.Combine(Kind, Name);

    public override string ToString() => Arguments.Count == 0 ? Name : $"{Name}({string.Join(", ", Arguments)})";

    private static CelType Simple(CelTypeKind kind, string name) => new(kind, name, []);
}
