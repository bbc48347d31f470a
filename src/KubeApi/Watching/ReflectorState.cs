namespace KubeApi.Watching;

/// <summary>How a reflector is doing.</summary>
public enum ReflectorState
{
    /// <summary>No list has come yet.</summary>
    Starting,

    /// <summary>The server does not know the kind: its CRD is not installed, or not yet.</summary>
    NotInstalled,

    /// <summary>The cache is filled and a watch keeps it so.</summary>
    Watching,

    /// <summary>The server cannot be reached or refuses; the cache holds what was last heard.</summary>
    Failing,
}
