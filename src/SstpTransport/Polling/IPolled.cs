namespace SstpTransport.Polling;

/// <summary>Someone who waits for a descriptor at a <see cref="Poller"/>.</summary>
public interface IPolled
{
    /// <summary>Called on the poller's thread, which serves everyone else too: must not wait, and must not throw.</summary>
    /// <param name="events">What happened; it may be over already, so reads and writes must not block.
    /// None for the turn of someone who was put off (<see cref="Poller.Defer"/>).</param>
    void OnReady(PollEvents events);
}
