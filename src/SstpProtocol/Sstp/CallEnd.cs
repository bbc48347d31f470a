using System.Diagnostics;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Sstp;

/// <summary>Why a call ended; the first cause where several come together.</summary>
/// <param name="Reason">Closed set; usable as a metric tag, together with <see cref="Fault"/>.</param>
public sealed record CallEnd(CallEndReason Reason)
{
    /// <summary>Set with <see cref="CallEndReason.PeerFault"/>.</summary>
    public PeerFault? Fault { get; init; }

    /// <summary>What the peer named in its CALL_ABORT or CALL_DISCONNECT; null when it named nothing.</summary>
    public SstpStatus? PeerStatus { get; init; }

    /// <summary>The attribute that <see cref="PeerStatus"/> is about.</summary>
    public SstpAttributeId? PeerAttribute { get; init; }

    /// <summary>Set with <see cref="PeerFault.CompoundMacMismatch"/>.</summary>
    public BindingDiagnosis? Diagnosis { get; init; }

    /// <summary>The reason in words for an operator's log; a clause without a full stop.</summary>
    public string Text => Reason switch
    {
        CallEndReason.LocalDisconnect => "disconnected from this end",
        CallEndReason.PeerDisconnect => "the peer disconnected",
        CallEndReason.PeerAbort => PeerStatus is { } status
            ? $"the peer aborted the call: status {(int)status} ({status}) about attribute {(int)(PeerAttribute ?? default)}"
            : "the peer aborted the call without a reason",
        CallEndReason.PeerFault when Diagnosis is { } diagnosis =>
            $"{Fault.GetValueOrDefault().ToText()}: {diagnosis.ToText()}",
        CallEndReason.PeerFault => Fault.GetValueOrDefault().ToText(),
        CallEndReason.PeerSilent => "the peer fell silent and did not answer an echo",
        CallEndReason.ConnectionLost => "the connection was closed without a disconnect message",
        _ => throw new UnreachableException($"CallEndReason {Reason} has no text"),
    };
}
