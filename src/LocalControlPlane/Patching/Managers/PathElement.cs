using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalControlPlane.Formats;
using LocalControlPlane.Schemas;

namespace LocalControlPlane.Patching.Managers;

/// <summary>
/// One step of a path in a field set, in the notation of FieldsV1: <c>f:name</c>, <c>k:{"name":"a"}</c> for an element by its
/// keys, <c>v:"x"</c> for an element of a set.
/// </summary>
internal static class PathElement
{
    public static string Field(string name) => "f:" + name;

    /// <summary>How an element of a set or map list is told from the others.</summary>
    public static string Element(StructuralSchema list, JsonNode? element)
    {
        if (list.ListKind == ListKind.Set) return "v:" + (element?.ToJsonString(JsonScalar.Readable) ?? "null");

        var keys = new JsonObject();
        foreach (var key in list.ListMapKeys.Order(StringComparer.Ordinal))
        {
            var value = (element as JsonObject)?[key] ?? list.Items?.Property(key)?.Default;
            if (value is not null) keys[key] = value.DeepClone();
        }

        return "k:" + keys.ToJsonString(JsonScalar.Readable);
    }

    /// <summary>As messages print it: <c>.name</c>, <c>[name="a"]</c>, <c>[="x"]</c>.</summary>
    public static string Print(string element)
    {
        var rest = element[2..];
        return element[0] switch
        {
            'f' => "." + rest,
            'v' => $"[={rest}]",
            'k' when JsonNode.Parse(rest, documentOptions: JsonDepth.ReadStored) is JsonObject keys =>
                $"[{string.Join(",", keys.Select(key => $"{key.Key}={key.Value?.ToJsonString(JsonScalar.Readable)}"))}]",
            _ => $"[{rest}]",
        };
    }

    public static bool IsValid(string element)
    {
        if (element.Length < 2 || element[1] != ':') return false;
        if (element[0] == 'f') return true;
        if (element[0] is not ('k' or 'v' or 'i')) return false;
        try
        {
            var node = JsonBody.Read(Encoding.UTF8.GetBytes(element[2..]), out var duplicates);
            return duplicates.Count == 0 && (element[0] != 'k' || node is JsonObject);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
