namespace LocalControlPlane.Schemas;

/// <summary>How a strategic merge patch treats a field of a built-in kind.</summary>
/// <param name="Merges">A list is merged with what is there, not put in its place.</param>
/// <param name="MergeKey">The field that identifies an object of a merged list; null in a list of scalars.</param>
/// <param name="RetainsKeys">A patch may name the only keys that stay (<c>$retainKeys</c>).</param>
public sealed record PatchStrategy(bool Merges, string? MergeKey = null, bool RetainsKeys = false);
