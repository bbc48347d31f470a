namespace SstpProtocol.Ppp.Authentication.Eap;

/// <summary>
/// A method inside EAP, at the end that judges. It sees Type-Data only: identifiers, repetition, duplicates, Identity and Nak are
/// <see cref="EapAuthenticator"/>'s. Used for one exchange, then dropped.
/// </summary>
public abstract class EapMethod
{
    public abstract EapType Type { get; }

    /// <param name="identifier">Of the request that will carry the result.</param>
    public abstract EapStep Begin(byte identifier);

    /// <param name="typeData">Of a response to the last request; valid only during the call.</param>
    /// <param name="nextIdentifier">Of the request that will carry the result, if it is one.</param>
    public abstract EapStep Receive(ReadOnlySpan<byte> typeData, byte nextIdentifier);

    /// <summary>The verdict on <see cref="EapStep.Ask"/>.</summary>
    public abstract EapStep Conclude(AuthenticationVerdict verdict, byte nextIdentifier);
}
