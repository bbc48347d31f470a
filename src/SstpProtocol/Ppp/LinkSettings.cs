namespace SstpProtocol.Ppp;

/// <summary>What both ends of a link have in common.</summary>
public abstract record LinkSettings
{
    /// <summary>The largest packet an SSTP frame can hold: 4095 less the SSTP (4) and PPP (4) headers.</summary>
    public const ushort LargestPacket = 4087;

    /// <summary>
    /// The Maximum-Receive-Unit announced, in bytes. Open SSTP Client refuses less than 1500. Default <see
    /// cref="LargestPacket"/>.
    /// </summary>
    public ushort Mru { get; init; } = LargestPacket;

    public NegotiationLimits Negotiation { get; init; } = new();

    /// <summary>From the start until LCP is open. Default 30 s.</summary>
    public TimeSpan LcpTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From LCP open until authenticated; approval by telephone takes time. Default 120 s.</summary>
    public TimeSpan AuthenticationTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long a link may have neither IPv4 nor IPv6 open once addresses are assigned. Default 30 s.</summary>
    public TimeSpan NetworkTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait for the answer to a Terminate-Request. Default 3 s.</summary>
    public TimeSpan TerminateTimeout { get; init; } = TimeSpan.FromSeconds(3);
}
