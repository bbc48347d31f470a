using System.Text.Json.Nodes;
using LocalControlPlane.Schemas;

namespace LocalControlPlane.Patching;

/// <summary>JSON patch (RFC 6902). All operations take effect, or none.</summary>
public static class JsonPatch
{
    /// <summary>As the API server: more is refused.</summary>
    private const int MaxOperations = 10_000;

    /// <returns>A new document.</returns>
    /// <exception cref="PatchException">An operation is malformed or does not apply, or a test failed.</exception>
    public static JsonNode? Apply(JsonNode? document, JsonNode? patch)
    {
        if (patch is not JsonArray operations) throw new PatchException("a JSON patch is a list of operations");
        if (operations.Count > MaxOperations)
            throw new PatchException(
                $"a JSON patch may have at most {MaxOperations} operations; this one has {operations.Count}");

        var root = document?.DeepClone();
        var bounds = new PatchBounds(root);
        for (var i = 0; i < operations.Count; i++)
        {
            try
            {
                root = Step(root, operations[i] as JsonObject ?? throw new PatchException("is not an object"), bounds);
            }
            catch (PatchException e)
            {
                throw new PatchException($"operation {i} of the JSON patch: {e.Message}");
            }
        }

        return root;
    }

    private static JsonNode? Step(JsonNode? root, JsonObject operation, PatchBounds bounds)
    {
        var path = Pointer(operation, "path");
        switch (JsonScalar.TextOf(operation["op"]))
        {
            case "add":
                return Add(root, path, Bounded(Value(operation)));
            case "remove":
                return Remove(root, path);
            case "replace":
                path.Find(root);
                var value = Bounded(Value(operation));
                return path.Tokens.Count == 0 ? value : Add(Remove(root, path), path, value);
            case "copy":
                var source = Pointer(operation, "from");
                var original = source.Find(root);
                bounds.Copy(original, source, path);
                return Add(root, path, original?.DeepClone());
            case "move":
                var from = Pointer(operation, "from");
                if (from.IsAbove(path)) throw new PatchException("a value cannot be moved into itself");
                bounds.Move(from, path);
                // Removed from where it was, it can be put elsewhere as it is.
                var moved = from.Find(root);
                return Add(Remove(root, from), path, moved);
            case "test":
                return JsonNode.DeepEquals(path.Find(root), Value(operation))
                    ? root
                    : throw new PatchException($"testing path '{path.Text}' value failed");
            case var other:
                throw new PatchException($"'{other}' is not an operation; use add, remove, replace, move, copy or test");
        }

        JsonNode? Bounded(JsonNode? value)
        {
            bounds.Put(value, path);
            return value;
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
