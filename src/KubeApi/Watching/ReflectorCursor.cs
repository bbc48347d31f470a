using KubeApi.Client;

namespace KubeApi.Watching;

/// <summary>Where a reflector stands, and what it does next: list from a version, or watch on from one. Pure.</summary>
/// <remarks>
/// <code>
/// list "0" ---listed--> watch v ---event, bookmark--> watch v' ---ends, breaks, falls silent--> watch v'
///    ^ 410, too large: list ""          410: list not older than v' (then "" when that is 410 too)
/// </code>
/// </remarks>
internal sealed class ReflectorCursor
{
    /// <summary>Whatever the server has in memory: cheap, and a watch from there tells the rest.</summary>
    private const string AnyVersion = "0";

    /// <summary>Read through to storage: always possible, and dear.</summary>
    private const string Newest = "";

    private string _version = AnyVersion;

    public bool MustList { get; private set; } = true;

    /// <summary>The version to list at, or to watch from.</summary>
    public string Version => _version;

    public void Listed(string version)
    {
        _version = version;
        MustList = false;
    }

    /// <summary>An object or a bookmark came by.</summary>
    public void Saw(string version)
    {
        if (version.Length > 0) _version = version;
    }

    /// <summary>The list or the watch was refused.</summary>
    public void Refused(KubeApiException refusal)
    {
        if (MustList)
        {
            // Neither its memory nor the version asked for: what is stored is always there.
            if (refusal.IsExpired || refusal.IsResourceVersionTooLarge) _version = Newest;
            return;
        }

        if (refusal.IsExpired || refusal.IsResourceVersionTooLarge) MustList = true;
    }

    /// <summary>Watching leads nowhere although the server answers; what is known may be wrong.</summary>
    public void GiveUpWatch() => MustList = true;
}
