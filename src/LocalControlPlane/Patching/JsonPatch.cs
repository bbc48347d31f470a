using System.Text.Json.Nodes;
using LocalControlPlane.Schemas;

namespace LocalControlPlane.Patching;

/// <summary>JSON patch (RFC 6902). All operations take effect, or none.</summary>
public static class JsonPatch
{
    /// <summary>As the API server: more is refused.</summary>
    private const int MaxOperations = 10_000;

    /// <summary>What all copies of a patch may add, in characters of JSON, as the API server: copies of copies grow by powers.</summary>
    private const long MaxCopied = 3 * 1024 * 1024;

    /// <returns>A new document.</returns>
    /// <exception cref="PatchException">An operation is malformed or does not apply, or a test failed.</exception>
    public static JsonNode? Apply(JsonNode? document, JsonNode? patch)
    {
        if (patch is not JsonArray operations) throw new PatchException("a JSON patch is a list of operations");
        if (operations.Count > MaxOperations) throw new PatchException($"a JSON patch may have at most {MaxOperations} operations; this one has {operations.Count}");

        var root = document?.DeepClone();
        var copied = 0L;
        for (var i = 0; i < operations.Count; i++)
        {
            try
            {
                root = Step(root, operations[i] as JsonObject ?? throw new PatchException("is not an object"), ref copied);
            }
            catch (PatchException e)
            {
                throw new PatchException($"operation {i} of the JSON patch: {e.Message}");
            }
        }

        return root;
    }

    private static JsonNode? Step(JsonNode? root, JsonObject operation, ref long copied)
    {
        var path = Pointer(operation, "path");
        switch (JsonScalar.TextOf(operation["op"]))
        {
            case "add":
                return Add(root, path, Value(operation));
            case "remove":
                return Remove(root, path);
            case "replace":
                path.Find(root);
                return path.Tokens.Count == 0 ? Value(operation) : Add(Remove(root, path), path, Value(operation));
            case "copy":
                var original = Pointer(operation, "from").Find(root);
                copied += original?.ToJsonString().Length ?? 0;
                return copied <= MaxCopied
                    ? Add(root, path, original?.DeepClone())
                    : throw new PatchException($"the copies of a JSON patch may take at most {MaxCopied} characters together");
            case "move":
                var from = Pointer(operation, "from");
                if (from.IsAbove(path)) throw new PatchException("a value cannot be moved into itself");
                // Removed from where it was, it can be put elsewhere as it is.
                var moved = from.Find(root);
                return Add(Remove(root, from), path, moved);
            case "test":
                return JsonNode.DeepEquals(path.Find(root), Value(operation)) ? root : throw new PatchException($"testing path '{path.Text}' value failed");
            case var other:
                throw new PatchException($"'{other}' is not an operation; use add, remove, replace, move, copy or test");
        }
    }

    private static JsonPointer Pointer(JsonObject operation, string name) =>
        JsonPointer.Parse(JsonScalar.TextOf(operation[name]) ?? throw new PatchException($"{name} is missing"));

    private static JsonNode? Value(JsonObject operation) =>
        operation.TryGetPropertyValue("value", out var value) ? value?.DeepClone() : throw new PatchException("value is missing");

    private static JsonNode? Add(JsonNode? root, JsonPointer path, JsonNode? value)
    {
        if (path.Tokens.Count == 0) return value;
        switch (path.Parent.Find(root))
        {
            case JsonObject fields: fields[path.Last] = value; break;
            case JsonArray elements: elements.Insert(path.Index(elements, path.Last, elements.Count), value); break;
            default: throw path.Missing();
        }

        return root;
    }

    private static JsonNode? Remove(JsonNode? root, JsonPointer path)
    {
        if (path.Tokens.Count == 0) return null;
        switch (path.Parent.Find(root))
        {
            case JsonObject fields when fields.Remove(path.Last): break;
            case JsonArray elements: elements.RemoveAt(path.Index(elements, path.Last, elements.Count - 1)); break;
            default: throw path.Missing();
        }

        return root;
    }
}
