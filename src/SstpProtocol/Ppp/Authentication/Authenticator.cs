namespace SstpProtocol.Ppp.Authentication;

/// <summary>
/// The end of one authentication protocol that demands proof (RFC 1994's "authenticator"). Created when LCP has opened
/// with that protocol agreed, used once, then dropped.
/// </summary>
/// <remarks>
/// Tell it: <see cref="Start"/>, <see cref="Receive"/>, <see cref="Conclude"/>, <see cref="Tick"/>. It writes its packets
/// into the <see cref="PppFrameQueue"/> given at construction. After each call look at <see cref="State"/> and
/// <see cref="TryTakeCredentials"/>.
/// </remarks>
public abstract class Authenticator
{
    public AuthenticatorState State { get; protected set; } = AuthenticatorState.InProgress;

    /// <summary>The verdict that ended the exchange; null until <see cref="State"/>
    /// leaves <see cref="AuthenticatorState.InProgress"/>.</summary>
    public AuthenticationVerdict? Outcome { get; protected set; }

    /// <summary>The name the peer gave, as far as it has given one (for logs and accounting of failures).</summary>
    public string? PeerName { get; protected set; }

    /// <summary>When <see cref="Tick"/> next has work to do.</summary>
    public MonotonicTime? NextDeadline { get; protected set; }

    /// <summary>Sends the first packet, where the method's authenticator speaks first.</summary>
    public abstract void Start(MonotonicTime now);

    /// <param name="protocol">The protocol the packet came under; one that belongs to another method is ignored.</param>
    /// <param name="packet">From the code octet on. Valid only during the call.</param>
    public abstract void Receive(PppProtocol protocol, ReadOnlySpan<byte> packet, MonotonicTime now);

    /// <summary>Hands over credentials to be judged, once per response of the peer;
    /// a repeated response is not offered again.</summary>
    public abstract bool TryTakeCredentials(out Credentials credentials);

    /// <summary>Tells the peer what was decided about the credentials taken last.</summary>
    public abstract void Conclude(AuthenticationVerdict verdict, MonotonicTime now);

    public abstract void Tick(MonotonicTime now);
}
