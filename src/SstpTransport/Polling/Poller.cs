using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using SstpTransport.Linux;

namespace SstpTransport.Polling;

/// <summary>One thread that waits for many descriptors (epoll) and does the work right where the event is noticed.</summary>
/// <remarks>
/// A packet then goes from the tunnel device into its TLS connection, or back, without changing threads. Descriptors are spread
/// over as many pollers as there are queues of the device.
/// </remarks>
public sealed unsafe class Poller : IDisposable
{
    private const int MaxEvents = 256;

    /// <summary>
    /// Turns of others after which whoever stands for everybody has one. One descriptor among a thousand would have a thousandth
    /// of the poller, while all of the thousand put packets into its queue: a queue of 1,000 packets then overflows.
    /// </summary>
    private const int TurnsBetweenShared = 4;

    /// <summary>
    /// A turn of a poller is a fraction of this, and it shall have its turn before a program that computes: shorter than what the
    /// kernel gives others (1.4 ms on two processors, more on more), not so short that pollers keep interrupting each other.
    /// See ADR 36.
    /// </summary>
    internal static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(1);

    // struct epoll_event is packed on x86-64 and nowhere else.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = DataOffset + sizeof(ulong);

    private readonly SafeFileHandle _epoll;
    private readonly SafeFileHandle _wake;
    private readonly Thread _thread;
    private readonly Lock _gate = new();
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly Queue<IPolled> _deferred = new();
    private volatile IPolled?[] _waiting = new IPolled?[256];
    private volatile ISharedPolled? _shared;
    private int _sharedDescriptor = -1;
    private bool _sharedHasMore;
    private int _turnsSinceShared;
    private int _wakePending;
    private volatile bool _stopping;
    private bool _isClosed;

    /// <param name="number">Tells it from its fellows; see <see cref="Number"/>.</param>
    /// <exception cref="SystemCallException">Out of descriptors.</exception>
    public Poller(int number)
    {
        Number = number;
        _epoll = LibC.CreatePoll(LibC.OpenCloseOnExec);
        if (_epoll.IsInvalid) throw SystemCallException.FromLastError("Creating an epoll descriptor");
        _wake = LibC.EventDescriptor(0, LibC.OpenNonBlocking | LibC.OpenCloseOnExec);
        if (_wake.IsInvalid) throw SystemCallException.FromLastError("Creating an event descriptor");
        Control(LibC.PollAdd, Descriptor(_wake), PollEvents.Readable);
        _thread = new Thread(Run) { IsBackground = true, Name = $"poller {number}" };
        _thread.Start();
    }

    /// <summary>From 0; whoever has one thing a poller finds it by this.</summary>
    public int Number { get; }

    /// <summary>Whether the caller runs on this poller's thread.</summary>
    public bool IsCurrent => Thread.CurrentThread == _thread;

    /// <summary>Begins to tell <paramref name="polled"/> of what happens to a descriptor.</summary>
    /// <param name="descriptor">Open until <see cref="Remove"/>, and at no other poller.</param>
    /// <exception cref="SystemCallException">The kernel refuses.</exception>
    public void Add(int descriptor, PollEvents events, IPolled polled)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (descriptor >= _waiting.Length)
            {
                var larger = new IPolled?[Math.Max(descriptor + 1, _waiting.Length * 2)];
                _waiting.CopyTo(larger, 0);
                _waiting = larger;
            }

            _waiting[descriptor] = polled;
            try
            {
                Control(LibC.PollAdd, descriptor, events);
            }
            catch (SystemCallException)
            {
                _waiting[descriptor] = null;
                throw;
            }
        }
    }

    /// <summary>Like <see cref="Add"/>, for the one descriptor that carries what is for everybody: it has its turn whenever it
    /// can be read, and between the turns of others however many there are.</summary>
    /// <exception cref="InvalidOperationException">This poller has one already.</exception>
    /// <exception cref="SystemCallException">The kernel refuses.</exception>
    public void AddShared(int descriptor, ISharedPolled shared)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_shared is not null) throw new InvalidOperationException("a poller has one shared descriptor");
            // Known before its first event: the poller's thread looks for the others in a table that may end before it.
            (_shared, _sharedDescriptor) = (shared, descriptor);
            try
            {
                Control(LibC.PollAdd, descriptor, PollEvents.Readable);
            }
            catch (SystemCallException)
            {
                (_sharedDescriptor, _shared) = (-1, null);
                throw;
            }
        }
    }

    /// <summary>Tells of it no more; call it before the descriptor is closed.
    /// An event that was noticed already may still come.</summary>
    public void Remove(int descriptor)
    {
        lock (_gate)
        {
            if (descriptor == _sharedDescriptor) (_sharedDescriptor, _shared) = (-1, null);
            else _waiting[descriptor] = null;
            if (!_isClosed) Control(LibC.PollRemove, descriptor, PollEvents.None);
        }
    }

    /// <summary>Runs something on this poller's thread, soon. It must neither wait nor throw.</summary>
    public void Post(Action work)
    {
        _posted.Enqueue(work);
        Wake();
    }

    /// <summary>What follows the await runs on this poller's thread.</summary>
    public PollerSwitch SwitchTo() => new(this);

    /// <summary>Comes back to someone who has more to do, once all others have had their turn, with no events: once for each
    /// call. Only on this poller's thread.</summary>
    internal void Defer(IPolled polled) => _deferred.Enqueue(polled);

    /// <summary>Stops the thread and waits for it. What was posted before still runs; what is posted later never does.</summary>
    public void Dispose()
    {
        _stopping = true;
        Wake();
        if (!IsCurrent) _thread.Join();
        lock (_gate)
        {
            _isClosed = true;
            _wake.Dispose();
            _epoll.Dispose();
        }
    }

    private void Run()
    {
        var events = stackalloc byte[MaxEvents * EventSize];
        var descriptor = Descriptor(_epoll);
        TimeSlice.TrySet(Slice); // a courtesy of the kernel: without it, all works as well, only later
        while (!_stopping)
        {
            var count = LibC.WaitPoll(descriptor, events, MaxEvents, _deferred.Count > 0 ? 0 : -1);
            for (var i = 0; i < count; i++)
            {
                var entry = new ReadOnlySpan<byte>(events + (i * EventSize), EventSize);
                var ready = (int)MemoryMarshal.Read<ulong>(entry[DataOffset..]);
                if (ready == Descriptor(_wake))
                {
                    ClearWake();
                }
                else if (ready == _sharedDescriptor)
                {
                    GiveSharedItsTurn();
                }
                else
                {
                    // The table may end before a shared descriptor that was removed since its event was noticed.
                    var waiting = _waiting;
                    if (ready < waiting.Length) waiting[ready]?.OnReady((PollEvents)MemoryMarshal.Read<uint>(entry));
                    OneMoreTurn();
                }
            }

            for (var left = _deferred.Count; left > 0; left--)
            {
                _deferred.Dequeue().OnReady(PollEvents.None);
                OneMoreTurn();
            }

            while (_posted.TryDequeue(out var work)) work();
        }

        while (_posted.TryDequeue(out var work)) work();
    }

    private void OneMoreTurn()
    {
        if (++_turnsSinceShared >= TurnsBetweenShared || _sharedHasMore) GiveSharedItsTurn();
    }

    private void GiveSharedItsTurn()
    {
        _turnsSinceShared = 0;
        _sharedHasMore = _shared?.TakeTurn() ?? false;
    }

    private void Wake()
    {
        if (Interlocked.Exchange(ref _wakePending, 1) != 0) return;
        lock (_gate)
        {
            // Its number may be somebody else's socket by now, whose peer would get the eight bytes.
            if (_isClosed) return;
            ulong one = 1;
            _ = LibC.Write(Descriptor(_wake), &one, sizeof(ulong)); // fails only when 2^64-2 wake-ups are pending
        }
    }

    private void ClearWake()
    {
        ulong wakeUps;
        _ = LibC.Read(Descriptor(_wake), &wakeUps, sizeof(ulong)); // resets the counter; it cannot block
        // From here on a new post wakes again; what was posted before is run after this.
        Volatile.Write(ref _wakePending, 0);
        Interlocked.MemoryBarrier();
    }

    private void Control(int operation, int descriptor, PollEvents events)
    {
        var entry = stackalloc byte[EventSize];
        MemoryMarshal.Write(new Span<byte>(entry, EventSize), (uint)events);
        MemoryMarshal.Write(new Span<byte>(entry, EventSize)[DataOffset..], (ulong)descriptor);
        if (LibC.ControlPoll(Descriptor(_epoll), operation, descriptor, entry) < 0 && operation == LibC.PollAdd)
            throw SystemCallException.FromLastError("Waiting for a descriptor");
    }

    private static int Descriptor(SafeFileHandle handle) => (int)handle.DangerousGetHandle();
}
