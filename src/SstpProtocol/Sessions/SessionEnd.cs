namespace SstpProtocol.Sessions;

/// <summary>Why a session is over.</summary>
/// <param name="Cause">From a closed set: a metric's tag.</param>
/// <param name="Detail">For the operator's log, in words; never holds secrets, may hold text from
/// the peer that the machines have escaped.</param>
public sealed record SessionEnd(SessionEndCause Cause, string Detail);
