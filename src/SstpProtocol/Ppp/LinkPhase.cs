namespace SstpProtocol.Ppp;

/// <summary>The phases of RFC 1661 section 3.2. Dead is told apart before and after, for a link is used once.</summary>
internal enum LinkPhase
{
    Dead,
    Establish,
    Authenticate,
    Network,
    Terminate,
    Ended,
}
