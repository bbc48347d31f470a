using SstpProtocol.Ppp;
using SstpProtocol.Sessions;

namespace SstpClient.Calls;

/// <summary>Whoever a <see cref="Call"/> is placed for.</summary>
public interface ICallObserver
{
    /// <summary>Called while the call is locked: must not wait. <see cref="SessionEvent.Ended"/> comes last.</summary>
    void Apply(Call call, SessionEvent sessionEvent);

    /// <summary>An IP packet came through the tunnel; valid only during the call.</summary>
    void Receive(Call call, PppProtocol protocol, Span<byte> packet);

    /// <summary>No further packet is at hand: what was held back to be joined with more must go now.</summary>
    void EndOfBatch();
}
