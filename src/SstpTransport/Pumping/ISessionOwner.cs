using SstpProtocol.Ppp;
using SstpProtocol.Sessions;

namespace SstpTransport.Pumping;

/// <summary>What a <see cref="SessionPump"/> needs from whoever the session belongs to.</summary>
public interface ISessionOwner
{
    /// <summary>Something happened to the session. Called with the pump's gate held: must not wait.</summary>
    void Apply(SessionEvent sessionEvent);

    /// <summary>An IP packet came from the peer, and the session is open for it.</summary>
    /// <param name="protocol"><see cref="PppProtocol.Ipv4"/> or <see cref="PppProtocol.Ipv6"/>.</param>
    /// <param name="packet">May be changed in place; valid only during the call.</param>
    void Forward(PppProtocol protocol, Span<byte> packet);

    /// <summary>No further packet is at hand: what was held back to be joined with more must go now.</summary>
    void EndOfBatch();
}
