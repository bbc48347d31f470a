using LocalControlPlane.Cel.Syntax;
using LocalControlPlane.Cel.Types;
using LocalControlPlane.Cel.Values;

namespace LocalControlPlane.Cel;

/// <summary>Names that stand for a type, such as the <c>int</c> in <c>type(x) == int</c>.</summary>
internal static class CelTypeNames
{
    private static readonly Dictionary<string, TypeValue> ByName = new[]
        {
            CelType.Int, CelType.Uint, CelType.Double, CelType.Bool, CelType.String, CelType.Bytes, CelType.Null, CelType.Type,
            CelType.Timestamp, CelType.Duration, CelType.List(CelType.Dyn), CelType.Map(CelType.Dyn, CelType.Dyn),
        }
        .ToDictionary(type => type.RuntimeName, type => new TypeValue(type));

    public static TypeValue? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>For a dotted name, such as google.protobuf.Duration.</summary>
    public static TypeValue? Find(CelExpression.Select select) => Dotted(select) is { } name ? Find(name) : null;

    private static string? Dotted(CelExpression expression) => expression switch
    {
        CelExpression.Identifier identifier => identifier.Name,
        CelExpression.Select select => Dotted(select.Operand) is { } operand ? $"{operand}.{select.Field}" : null,
        _ => null,
    };
}
