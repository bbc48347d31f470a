namespace SstpTransport.Polling;

/// <summary>Someone who waits for a descriptor at a <see cref="Poller"/>.</summary>
public interface IPolled
{
    /// <summary>Called on the poller's thread, which serves everyone else too: must not wait, and must not throw.</summary>
    /// <param name="events">What happened; it may be over already, so reads and writes must not block.</param>
    void OnReady(PollEvents events);
}
