namespace SstpProtocol.Ppp;

/// <summary>The states of RFC 1661 section 4.2, with the numbers of its table.</summary>
public enum PppState
{
    /// <summary>Lower layer down, not asked to open.</summary>
    Initial = 0,

    /// <summary>Lower layer down, asked to open.</summary>
    Starting = 1,

    /// <summary>Lower layer up, not asked to open.</summary>
    Closed = 2,

    /// <summary>Lower layer up, asked to open, given up or ended by the peer.</summary>
    Stopped = 3,

    /// <summary>Terminate-Request sent on our own wish.</summary>
    Closing = 4,

    /// <summary>As <see cref="Closing"/>, but meant to be open.</summary>
    Stopping = 5,

    /// <summary>Req-Sent: our request is out, neither end's is acknowledged.</summary>
    ReqSent = 6,

    /// <summary>Ack-Rcvd: ours is acknowledged, the peer's is not.</summary>
    AckRcvd = 7,

    /// <summary>Ack-Sent: the peer's is acknowledged, ours is not.</summary>
    AckSent = 8,

    Opened = 9,
}
