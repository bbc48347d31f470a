using SstpProtocol.Ppp;
using SstpProtocol.Sstp;

namespace SstpProtocol.Sessions;

/// <summary>How a client calls.</summary>
public sealed record ClientSessionSettings
{
    /// <summary>Who logs in; only reported back with <see cref="SessionEvent.Authenticated"/>.</summary>
    public required string UserName { get; init; }

    public required ClientCallSettings Call { get; init; }

    public required ClientLinkSettings Link { get; init; }

    /// <summary>From the HTTP answer to an open NCP. Default 60 s, as long as MS-SSTP's own negotiation timer.</summary>
    public TimeSpan NegotiationTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
