using SstpProtocol.Ppp;
using SstpProtocol.Sstp;

namespace SstpProtocol.Sessions;

/// <summary>What is the same for every call that a server takes.</summary>
public sealed record ServerSessionSettings
{
    public required ServerCallSettings Call { get; init; }

    public required ServerLinkSettings Link { get; init; }

    /// <summary>From the HTTP request to a verified binding and an open NCP. Default 60 s.</summary>
    public TimeSpan NegotiationTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
