namespace SstpProtocol.Ppp;

/// <summary>The events of RFC 1661 section 4.3, in the order of its table.</summary>
public enum PppEvent
{
    /// <summary>The lower layer is ready to carry packets.</summary>
    Up,

    /// <summary>The lower layer is no longer ready.</summary>
    Down,

    /// <summary>Administrative Open.</summary>
    Open,

    /// <summary>Administrative Close.</summary>
    Close,

    /// <summary>TO+: the restart timer ran out and the restart counter has not.</summary>
    TimeoutAgain,

    /// <summary>TO-: the restart timer ran out, and so has the restart counter.</summary>
    TimeoutLast,

    /// <summary>RCR+: an acceptable Configure-Request.</summary>
    RcrGood,

    /// <summary>RCR-: a Configure-Request with something to Nak or Reject.</summary>
    RcrBad,

    /// <summary>A valid Configure-Ack.</summary>
    Rca,

    /// <summary>A valid Configure-Nak or Configure-Reject.</summary>
    Rcn,

    /// <summary>Terminate-Request.</summary>
    Rtr,

    /// <summary>Terminate-Ack.</summary>
    Rta,

    /// <summary>A code this end does not know.</summary>
    Ruc,

    /// <summary>RXJ+: a Code-Reject or Protocol-Reject that one can live with.</summary>
    RxjGood,

    /// <summary>RXJ-: a Code-Reject or Protocol-Reject that leaves nothing to negotiate.</summary>
    RxjBad,

    /// <summary>Echo-Request, Echo-Reply or Discard-Request.</summary>
    Rxr,
}
