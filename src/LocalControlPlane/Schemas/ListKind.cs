namespace LocalControlPlane.Schemas;

/// <summary>How the elements of a list are told apart (<c>x-kubernetes-list-type</c>).</summary>
public enum ListKind
{
    /// <summary>The list is one value.</summary>
    Atomic,

    /// <summary>Scalars, each once.</summary>
    Set,

    /// <summary>Objects, identified by some of their fields.</summary>
    Map,
}
