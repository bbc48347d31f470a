namespace SstpProtocol.Sstp;

public sealed record ServerCallSettings
{
    public CallTimers Timers { get; init; } = CallTimers.Default;

    /// <summary>Negotiation timer until an acceptable CALL_CONNECT_REQUEST has come; the specification's 60 s.</summary>
    public TimeSpan ConnectRequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Negotiation timer from CALL_CONNECT_ACK until the crypto binding is verified, log-in included; the specification's
    /// 60 s. Raise it above the authentication deadline where log-in waits for a person.
    /// </summary>
    public TimeSpan CallConnectedTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The hashes a client may choose from. Without SHA-1 RouterOS 7 cannot connect.</summary>
    public SstpHash OfferedHashes { get; init; } = SstpHash.Sha1 | SstpHash.Sha256;

    /// <summary>CALL_CONNECT_REQUESTs that are answered with CALL_CONNECT_NAK before the next bad one aborts the call.</summary>
    public int MaxNaks { get; init; } = 3;
}
