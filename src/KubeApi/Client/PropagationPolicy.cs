namespace KubeApi.Client;

/// <summary>What becomes of the objects that the deleted one owns. Names are the API's own.</summary>
public enum PropagationPolicy
{
    /// <summary>The owner goes at once, its objects after it.</summary>
    Background,

    /// <summary>The owner waits until its objects are gone.</summary>
    Foreground,

    /// <summary>The objects stay, without an owner.</summary>
    Orphan,
}
