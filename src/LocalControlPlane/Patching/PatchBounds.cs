using System.Text.Json.Nodes;
using LocalControlPlane.Formats;

namespace LocalControlPlane.Patching;

/// <summary>What a JSON patch may make of a document, reckoned operation by operation and before each is done.</summary>
/// <remarks>
/// Nesting is reckoned from above, for measuring what is moved would be work by the square: what lies at a path reaches no deeper
/// than the whole did. Real objects stay far below.
/// </remarks>
internal sealed class PatchBounds
{
    /// <summary>What all copies of a patch may add, in characters of JSON, as the API server:
    /// copies of copies grow by powers.</summary>
    private const long MaxCopied = 3 * 1024 * 1024;

    private readonly int _limit;
    private int _deepest;
    private long _copied;

    /// <param name="document">May be deeper than what is sent, by the bookkeeping of its fields' owners;
    /// it does not get deeper.</param>
    public PatchBounds(JsonNode? document)
    {
        _deepest = JsonDepth.Of(document);
        _limit = Math.Max(_deepest, JsonDepth.Sent);
    }

    /// <exception cref="PatchException">It would nest too deeply.</exception>
    public void Put(JsonNode? value, JsonPointer to) => Reach(to.Tokens.Count + JsonDepth.Of(value));

    /// <exception cref="PatchException">It would nest too deeply.</exception>
    public void Move(JsonPointer from, JsonPointer to) => Reach(_deepest - from.Tokens.Count + to.Tokens.Count);

    /// <exception cref="PatchException">It would nest too deeply, or all copies would be too much together.</exception>
    public void Copy(JsonNode? original, JsonPointer from, JsonPointer to)
    {
        Move(from, to);
        _copied += original?.ToJsonString().Length ?? 0;
        if (_copied > MaxCopied)
            throw new PatchException($"the copies of a JSON patch may take at most {MaxCopied} characters together");
    }

    private void Reach(int depth)
    {
        _deepest = Math.Max(_deepest, depth);
        if (_deepest > _limit) throw new PatchException($"it could nest deeper than {_limit} with that");
    }
}
