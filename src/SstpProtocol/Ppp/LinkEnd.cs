namespace SstpProtocol.Ppp;

/// <summary>Why a PPP link ended.</summary>
/// <param name="Reason">From a closed set: fit for a metric's tag.</param>
/// <param name="Text">
/// In words an operator understands; holds nothing secret, and what the peer wrote only as <see cref="PeerText"/>.
/// </param>
public sealed record LinkEnd(LinkEndReason Reason, string Text);
