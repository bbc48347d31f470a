using LocalControlPlane.Selecting;

namespace LocalControlPlane.Watching;

/// <param name="After">Changes after this revision; null for the state now, as additions, and what comes after.</param>
/// <param name="SkipsInitialEvents">With no revision: only what comes after.</param>
/// <param name="Bookmarks">The client understands bookmarks.</param>
/// <param name="MarksInitialEnd">A bookmark says where the initial state ends.</param>
public sealed record WatchOptions(
    Selection Selection, long? After, bool SkipsInitialEvents, bool Bookmarks, bool MarksInitialEnd, TimeSpan Timeout);
