using LocalControlPlane.Selecting;

namespace LocalControlPlane.Objects;

/// <param name="Limit">Most objects of one page; null for all.</param>
/// <param name="Continue">Where the page before ended; null for the first.</param>
/// <param name="Revision">The client's; null for "the latest".</param>
/// <param name="IsExact">The list must be as of that revision, instead of not older.</param>
public sealed record ListOptions(
    Selection Selection, int? Limit = null, string? Continue = null, long? Revision = null, bool IsExact = false);
