namespace SstpProtocol.Sstp;

public sealed record ClientCallSettings
{
    public CallTimers Timers { get; init; } = CallTimers.Default;

    /// <summary>Negotiation timer from each CALL_CONNECT_REQUEST until it is answered; the specification's 60 s.</summary>
    public TimeSpan ConnectAckTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Negotiation timer from CALL_CONNECT_ACK until log-in has ended; the specification's 60 s.</summary>
    public TimeSpan AuthenticationTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The hashes this client may use; of those the server offers the strongest is taken (MS-SSTP 2.2.10).</summary>
    public SstpHash AllowedHashes { get; init; } = SstpHash.Sha1 | SstpHash.Sha256;

    /// <summary>How often CALL_CONNECT_REQUEST is sent again after CALL_CONNECT_NAK (MS-SSTP 3.2.5.3.3).</summary>
    public int MaxRetries { get; init; } = 3;
}
