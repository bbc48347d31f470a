using FsCheck;
using FsCheck.Fluent;

namespace LocalControlPlane.Tests.Patching;

/// <summary>Random documents as text, few names and values so that two of them often meet.</summary>
internal static class RandomJson
{
    private static readonly Gen<string> Scalar = Gen.Elements("0", "1", "2.5", "\"a\"", "\"b\"", "true", "\"\"");

    public static Arbitrary<string> Objects(bool withNulls) => Object(3, withNulls).ToArbitrary();

    /// <summary>Specs with a scalar, a map, an atomic list, a set, and a map list: what server-side apply tells apart.</summary>
    public static Gen<string> Specs =>
        from a in Maybe("a", Gen.Elements("1", "2"))
        from map in Maybe("labels", Flat)
        from list in Maybe("atomic", Scalars)
        from set in Maybe("set", SetOf)
        from items in Maybe("items", Items)
        select $"{{{string.Join(",", new[] { a, map, list, set, items }.Where(text => text.Length > 0))}}}";

    private static Gen<string> Scalars =>
        from n in Gen.Choose(0, 3) from values in Scalar.ArrayOf(n) select $"[{string.Join(",", values)}]";

    private static Gen<string> SetOf =>
        from values in Gen.Elements("\"a\"", "\"b\"", "\"c\"").ArrayOf(3) select $"[{string.Join(",", values.Distinct())}]";

    private static Gen<string> Flat => Fields(Gen.Elements("\"x\"", "\"y\""));

    private static Gen<string> Items =>
        from names in Gen.Elements("p", "q", "r").ArrayOf(2)
        from values in Maybe("value", Gen.Elements("1", "2")).ArrayOf(3)
        select $"[{string.Join(",", names.Distinct().Select((name, i) => $"{{\"name\":\"{name}\"{(values[i].Length > 0 ? "," + values[i] : "")}}}"))}]";

    private static Gen<string> Maybe(string name, Gen<string> value) =>
        from isThere in Gen.Elements(true, true, false) from text in value select isThere ? $"\"{name}\":{text}" : "";

    private static Gen<string> Value(int depth, bool withNulls)
    {
        var scalar = withNulls ? Gen.OneOf(Scalar, Gen.Constant("null")) : Scalar;
        return depth == 0 ? scalar : Gen.OneOf(scalar, Object(depth - 1, withNulls), Array(depth - 1, withNulls));
    }

    private static Gen<string> Object(int depth, bool withNulls) => Fields(Value(depth, withNulls));

    private static Gen<string> Array(int depth, bool withNulls) =>
        from n in Gen.Choose(0, 2) from values in Value(depth, withNulls).ArrayOf(n) select $"[{string.Join(",", values)}]";

    private static Gen<string> Fields(Gen<string> value) =>
        from names in Gen.Elements("a", "b", "c", "d").ArrayOf(3)
        from n in Gen.Choose(0, 3)
        from values in value.ArrayOf(3)
        select $"{{{string.Join(",", names.Distinct().Take(n).Select((name, i) => $"\"{name}\":{values[i]}"))}}}";
}
