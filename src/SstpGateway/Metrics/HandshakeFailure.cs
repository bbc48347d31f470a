namespace SstpGateway.Metrics;

/// <summary>Why a connection ended before TLS was up.</summary>
public enum HandshakeFailure
{
    /// <summary>limits.handshakeTimeout.</summary>
    Timeout,

    /// <summary>What came was not TLS.</summary>
    NotTls,

    /// <summary>The two ends had no version, suite or curve in common, or one sent an alert.</summary>
    Refused,

    /// <summary>The peer closed or reset the connection.</summary>
    Disconnected,
}
