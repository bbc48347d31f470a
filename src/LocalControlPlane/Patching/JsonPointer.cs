using System.Globalization;
using System.Text.Json.Nodes;

namespace LocalControlPlane.Patching;

/// <summary>A place in a JSON document (RFC 6901).</summary>
/// <param name="Tokens">Unescaped, from the root; none is the whole document.</param>
internal sealed record JsonPointer(string Text, IReadOnlyList<string> Tokens)
{
    public JsonPointer Parent => new(Text, [.. Tokens.SkipLast(1)]);

    public string Last => Tokens[^1];

    /// <exception cref="PatchException">It is no pointer.</exception>
    public static JsonPointer Parse(string text)
    {
        if (text.Length == 0) return new JsonPointer(text, []);
        if (text[0] != '/') throw new PatchException($"path '{text}' must be empty or begin with a slash");
        return new JsonPointer(text, [.. text[1..].Split('/').Select(Unescape)]);
    }

    /// <exception cref="PatchException">Nothing is there.</exception>
    public JsonNode? Find(JsonNode? document)
    {
        var current = document;
        foreach (var token in Tokens)
        {
            current = current switch
            {
                JsonObject fields when fields.TryGetPropertyValue(token, out var inner) => inner,
                JsonArray elements => elements[Index(elements, token, elements.Count - 1)],
                _ => throw Missing(),
            };
        }

        return current;
    }

    public PatchException Missing() => new($"path '{Text}' does not exist");

    /// <exception cref="PatchException">The token is no index, or beyond the last allowed.</exception>
    public int Index(JsonArray elements, string token, int last)
    {
        if (token == "-" && last == elements.Count) return elements.Count;
        var isIndex = int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && (token == "0" || token[0] != '0');
        return isIndex && index <= last ? index : throw Missing();
    }

    public bool IsAbove(JsonPointer other) =>
        other.Tokens.Count > Tokens.Count && other.Tokens.Take(Tokens.Count).SequenceEqual(Tokens);

    private static string Unescape(string token)
    {
        if (token.Replace("~0", "", StringComparison.Ordinal)
            .Replace("~1", "", StringComparison.Ordinal).Contains('~', StringComparison.Ordinal))
        {
            throw new PatchException($"'{token}' has a ~ that is neither ~0 nor ~1");
        }

        return token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
    }
}
