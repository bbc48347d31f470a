using System.Threading.Tasks.Sources;

namespace SstpTransport.Pumping;

/// <summary>
/// Wakes one waiter, which goes on right on the signaller's thread; any number of signals before it waits count as one. Allocates
/// nothing after construction.
/// </summary>
internal sealed class AsyncSignal : IValueTaskSource
{
    private const int Idle = 0;
    private const int Signaled = 1;
    private const int Waiting = 2;

    private ManualResetValueTaskSourceCore<bool> _source;
    private int _state;

    /// <summary>Wakes the waiter, or lets the next wait pass at once. Callable from any thread,
    /// without locks that the waiter may want.</summary>
    public void Set()
    {
        var before = Interlocked.Exchange(ref _state, Signaled);
        if (before == Waiting) _source.SetResult(true);
    }

    /// <summary>Completes after the next, or the pending, signal. One waiter at a time.</summary>
    public ValueTask WaitAsync()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Signaled) == Signaled) return ValueTask.CompletedTask;

        _source.Reset();
        if (Interlocked.CompareExchange(ref _state, Waiting, Idle) == Idle) return new ValueTask(this, _source.Version);

        // A signal came between the two looks.
        Volatile.Write(ref _state, Idle);
        return ValueTask.CompletedTask;
    }

    void IValueTaskSource.GetResult(short token)
    {
        _source.GetResult(token);
        // The wake-up was this signal; one that comes from here on belongs to the next wait.
        Volatile.Write(ref _state, Idle);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
