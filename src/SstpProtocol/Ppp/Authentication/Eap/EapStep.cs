namespace SstpProtocol.Ppp.Authentication.Eap;

/// <summary>What an <see cref="EapMethod"/> wants done next. Type-Data is what follows the type octet.</summary>
public abstract record EapStep
{
    /// <summary>The peer's packet was none: drop it and go on waiting.</summary>
    public sealed record Ignore : EapStep;

    /// <summary>Send this request, and again until it is answered.</summary>
    public sealed record Request(ReadOnlyMemory<byte> TypeData) : EapStep;

    /// <summary>Send this request once; a person will answer it.</summary>
    public sealed record Prompt(ReadOnlyMemory<byte> TypeData) : EapStep;

    /// <summary>Have these judged; the verdict comes by <see cref="EapMethod.Conclude"/>.</summary>
    public sealed record Ask(Credentials Credentials) : EapStep;

    /// <summary>Send this request as a courtesy: EAP-Failure follows whatever
    /// the peer says to it, or if it says nothing.</summary>
    public sealed record Refuse(ReadOnlyMemory<byte> TypeData, AuthenticationVerdict.Rejected Verdict) : EapStep;

    /// <summary>Send EAP-Success.</summary>
    public sealed record Succeed(AuthenticationVerdict.Accepted Verdict) : EapStep;

    /// <summary>Send EAP-Failure.</summary>
    public sealed record Fail(AuthenticationVerdict.Rejected Verdict) : EapStep;
}
