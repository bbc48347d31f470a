namespace SstpTransport.Polling;

/// <summary>Someone whose one descriptor carries what is for everybody: the queue of a tunnel device.</summary>
public interface ISharedPolled
{
    /// <summary>Called on the poller's thread, also when nothing was noticed: must not wait, and must not throw.</summary>
    /// <returns>Whether there is more to do than was done.</returns>
    bool TakeTurn();
}
