using System.Threading.Tasks.Sources;

namespace SstpTransport.Polling;

/// <summary>One direction of a <see cref="PolledStream"/>: whether it is worth trying, and the one operation that waits.
/// Allocates nothing once made.</summary>
internal sealed class PolledOperation : IValueTaskSource<int>, IValueTaskSource
{
    private enum State
    {
        /// <summary>Nobody waits.</summary>
        Idle,

        /// <summary>Someone waits for the descriptor.</summary>
        Waiting,

        /// <summary>The poller is at it: it alone may complete the operation.</summary>
        Busy,
    }

    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<int> _source = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private Exception? _abandoned;
    private State _state;
    private bool _isReady = true;

    /// <summary>True on the poller's thread where the waiter goes on right there; false sends it to the thread pool.</summary>
    public bool RunsInline
    {
        set => _source.RunContinuationsAsynchronously = !value;
    }

    /// <summary>Something happened to the descriptor since the last try.</summary>
    public bool IsReady
    {
        get => Volatile.Read(ref _isReady);
        set => Volatile.Write(ref _isReady, value);
    }

    /// <summary>Begins to wait, unless the descriptor has become ready since it was last tried.</summary>
    public bool TryBegin(CancellationToken cancellation, out short version)
    {
        lock (_gate)
        {
            if (_abandoned is not null || _isReady)
            {
                version = 0;
                return false;
            }

            version = Begin();
        }

        Watch(version, cancellation);
        return true;
    }

    /// <summary>Begins to wait although the descriptor is ready: others shall have their turn first.</summary>
    public short BeginLater(CancellationToken cancellation)
    {
        short version;
        lock (_gate) version = Begin();
        Watch(version, cancellation);
        return version;
    }

    /// <summary>Why no further operation may begin; null while it may.</summary>
    public Exception? Abandoned => Volatile.Read(ref _abandoned);

    /// <summary>Notes that the descriptor is ready; true when an operation waits,
    /// which the caller must then complete or put back.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            if (_state == State.Waiting)
            {
                _state = State.Busy;
                return true;
            }

            _isReady = true;
            return false;
        }
    }

    /// <summary>The descriptor was not ready after all.</summary>
    public void PutBack()
    {
        Exception? abandoned;
        lock (_gate)
        {
            abandoned = _abandoned;
            if (abandoned is null)
            {
                _state = State.Waiting;
                return;
            }
        }

        Fail(abandoned);
    }

    public void Complete(int result)
    {
        Release();
        _source.SetResult(result);
    }

    public void Fail(Exception exception)
    {
        Release();
        _source.SetException(exception);
    }

    /// <summary>Ends the operation that waits, and every later one at once.</summary>
    public void Abandon(Exception why)
    {
        lock (_gate)
        {
            _abandoned ??= why;
            if (_state != State.Waiting) return; // idle, or the poller will see it when it puts the operation back
            _state = State.Busy;
        }

        Fail(why);
    }

    int IValueTaskSource<int>.GetResult(short token) => _source.GetResult(token);

    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _source.GetStatus(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private short Begin()
    {
        if (_state != State.Idle) throw new InvalidOperationException("One operation a direction at a time.");
        _state = State.Waiting;
        _source.Reset();
        return _source.Version;
    }

    private void Watch(short version, CancellationToken cancellation)
    {
        if (!cancellation.CanBeCanceled) return;
        var registration = cancellation.UnsafeRegister(
            static (self, token) => ((PolledOperation)self!).Cancel(new OperationCanceledException(token)), this);
        lock (_gate)
        {
            // It may be over already: then the registration belongs to nobody.
            if (_state != State.Idle && _source.Version == version)
            {
                _cancellation = registration;
                return;
            }
        }

        registration.Unregister();
    }

    private void Cancel(OperationCanceledException why)
    {
        lock (_gate)
        {
            if (_state != State.Waiting) return;
            _state = State.Busy;
        }

        Fail(why);
    }

    private void Release()
    {
        CancellationTokenRegistration registration;
        lock (_gate)
        {
            _state = State.Idle;
            (registration, _cancellation) = (_cancellation, default);
        }

        registration.Unregister();
    }
}
