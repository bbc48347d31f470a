namespace LocalControlPlane.Objects;

/// <summary>What becomes of the objects that an object owns.</summary>
public enum DeletePolicy
{
    /// <summary>They are collected after it.</summary>
    Background,

    /// <summary>It stays until they are gone.</summary>
    Foreground,

    /// <summary>They live on without it.</summary>
    Orphan,
}
