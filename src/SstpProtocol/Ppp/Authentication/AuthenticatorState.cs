namespace SstpProtocol.Ppp.Authentication;

public enum AuthenticatorState
{
    InProgress,

    /// <summary>The peer proved itself and has been told so.</summary>
    Succeeded,

    /// <summary>The peer was refused for good; the link must be terminated.</summary>
    Failed,

    /// <summary>The peer stopped answering; the link must be terminated.</summary>
    TimedOut,
}
