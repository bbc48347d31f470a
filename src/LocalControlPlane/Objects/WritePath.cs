namespace LocalControlPlane.Objects;

/// <summary>Which part of an object a request may change.</summary>
public enum WritePath
{
    /// <summary>All but what belongs to <c>/status</c>, where that is served.</summary>
    Main,

    /// <summary><c>/status</c>: the status and nothing else.</summary>
    Status,
}
