namespace CloudEdge.Configuration;

/// <summary>What the first server puts into the new cluster.</summary>
public enum Bootstrap
{
    /// <summary>Nothing but the credentials of the DNS zone.</summary>
    None,

    /// <summary>The operator, from the manifests of the repository, once.</summary>
    Manifests,

    /// <summary>Argo CD, and an Application that follows the repository.</summary>
    ArgoCd,
}
