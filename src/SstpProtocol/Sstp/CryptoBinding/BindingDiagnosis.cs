namespace SstpProtocol.Sstp.CryptoBinding;

/// <summary>
/// Which higher-layer key would have made a refused compound MAC fit. It tells an operator where to look; no call is
/// accepted by it.
/// </summary>
public enum BindingDiagnosis
{
    /// <summary>The client computed with 32 zero octets: its PPP side gave it no keys.</summary>
    ClientHadNoKey,

    /// <summary>The first 16 octets followed by zeros: the client took the server's receive key alone.</summary>
    ClientUsedReceiveKeyOnly,

    /// <summary>The halves swapped: the client took the server's point of view for its own.</summary>
    ClientUsedSendThenReceive,

    /// <summary>Our key was 32 zero octets, and the client's was not.</summary>
    ServerHadNoKey,

    /// <summary>None of the known mistakes explains it.</summary>
    NoneMatched,
}
