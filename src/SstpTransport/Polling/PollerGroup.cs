namespace SstpTransport.Polling;

/// <summary>The pollers of a program, one a processor it may use; descriptors are dealt out in turn.</summary>
public sealed class PollerGroup : IDisposable
{
    private readonly Poller[] _pollers;
    private uint _next;

    /// <param name="count">At least 1.</param>
    public PollerGroup(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _pollers = [.. Enumerable.Range(0, count).Select(number => new Poller(number))];
    }

    public IReadOnlyList<Poller> All => _pollers;

    public Poller Next() => _pollers[Interlocked.Increment(ref _next) % (uint)_pollers.Length];

    /// <summary>Stops their threads. Nothing may wait at them any more.</summary>
    public void Dispose()
    {
        foreach (var poller in _pollers) poller.Dispose();
    }
}
