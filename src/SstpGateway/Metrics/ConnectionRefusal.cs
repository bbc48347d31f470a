namespace SstpGateway.Metrics;

/// <summary>Why a connection was closed before anything was read from it.</summary>
public enum ConnectionRefusal
{
    /// <summary>listening.allowedSources does not hold the source.</summary>
    SourceNotAllowed,

    /// <summary>limits.connectionsPerSource.</summary>
    SourceLimit,

    /// <summary>limits.pendingConnections.</summary>
    PendingLimit,

    /// <summary>The process may open no more files (LimitNOFILE= of its unit).</summary>
    DescriptorLimit,

    /// <summary>The gateway takes no new calls.</summary>
    Draining,
}
