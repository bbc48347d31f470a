namespace SstpProtocol.Ppp;

/// <summary>What a <see cref="NegotiatedProtocol"/> tells the link that runs it.</summary>
internal abstract record NegotiationEvent
{
    /// <summary>This-Layer-Up.</summary>
    public sealed record Up : NegotiationEvent;

    /// <summary>This-Layer-Down.</summary>
    public sealed record Down : NegotiationEvent;

    /// <summary>This-Layer-Finished.</summary>
    public sealed record Finished : NegotiationEvent;

    /// <summary>LCP only: a Terminate-Request came; the Terminate-Ack is in the output queue.</summary>
    public sealed record PeerTerminated(string Text) : NegotiationEvent;

    /// <summary>LCP only: the link cannot go on.</summary>
    public sealed record Failed(LinkEnd End) : NegotiationEvent;

    /// <summary>LCP only: the peer sent a Protocol-Reject.</summary>
    public sealed record ProtocolRejected(PppProtocol Protocol) : NegotiationEvent;

    /// <summary>LCP only: the peer sent an Identification.</summary>
    public sealed record Identified(string Text) : NegotiationEvent;
}
