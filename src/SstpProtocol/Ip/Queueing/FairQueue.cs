namespace SstpProtocol.Ip.Queueing;

/// <summary>Frames that wait for one peer whose line is full, by flow: FQ-CoDel (RFC 8290).</summary>
/// <remarks>
/// Flows take turns, by bytes; one that sends little is always among the new ones and passes those that fill the line, so that an
/// echo or an acknowledgment does not wait behind a download. A flow that keeps a queue standing is told to slow down, by a mark
/// where its ends understand one, else by a drop. Not for several threads.
/// </remarks>
/// <param name="capacity">Bytes that may wait over all flows; beyond, the largest flow loses its oldest.</param>
/// <param name="chunks">Where the memory comes from while something waits; an empty queue holds none.</param>
public sealed class FairQueue(int capacity, ChunkPool chunks)
{
    /// <summary>Frame headers in front of each IP packet, which the mark must skip.</summary>
    private const int HeaderSize = Ppp.PppFrame.HeaderSize + Sstp.SstpHeader.Size;

    // Two flows in 64 share one now and then; more would cost memory for each call whose line was ever full.
    private const int Flows = 64;

    /// <summary>Bytes a flow may send in its turn: about one packet (RFC 8290 5.2.2).</summary>
    private const int Quantum = 1500;

    private readonly FlowQueue?[] _flows = new FlowQueue?[Flows];
    private readonly Queue<FlowQueue> _new = new();
    private readonly Queue<FlowQueue> _old = new();

    /// <summary>Bytes that wait.</summary>
    public int Bytes { get; private set; }

    public bool IsEmpty => Bytes == 0;

    /// <summary>Frames lost so far, because one had waited too long or there was no room.</summary>
    public long Dropped { get; private set; }

    /// <summary>Makes room for a frame, of another if need be.</summary>
    /// <param name="flow">See <see cref="FlowHash"/>.</param>
    /// <param name="length">At most 4095 bytes.</param>
    public Span<byte> Add(uint flow, int length, MonotonicTime now)
    {
        while (Bytes + length > capacity) DropFromLargest();

        var queue = _flows[flow % Flows] ??= new FlowQueue(chunks);
        if (!queue.IsListed)
        {
            queue.IsListed = true;
            queue.Deficit = Quantum;
            _new.Enqueue(queue);
        }

        Bytes += length;
        return queue.Add(length, now);
    }

    /// <summary>Moves the next frame out.</summary>
    /// <param name="destination">At least 4095 bytes.</param>
    /// <returns>Its length; 0 when nothing waits.</returns>
    public int Take(Span<byte> destination, MonotonicTime now)
    {
        while (true)
        {
            var list = _new.Count > 0 ? _new : _old;
            if (!list.TryPeek(out var flow)) return 0;
            if (flow.Deficit <= 0)
            {
                flow.Deficit += Quantum;
                _old.Enqueue(list.Dequeue());
                continue;
            }

            var length = TakeFrom(flow, destination, now);
            if (length > 0)
            {
                flow.Deficit -= length;
                return length;
            }

            // A new flow that has run empty waits its turn among the old once, lest it come
            // back as new at once and never let them on.
            list.Dequeue();
            if (ReferenceEquals(list, _new)) _old.Enqueue(flow);
            else flow.IsListed = false;
        }
    }

    /// <summary>Throws all away.</summary>
    public void Clear()
    {
        foreach (var flow in _flows) flow?.Clear();
        Bytes = 0;
    }

    private int TakeFrom(FlowQueue flow, Span<byte> destination, MonotonicTime now)
    {
        while (!flow.IsEmpty)
        {
            var frame = flow.Peek(out var since);
            var length = frame.Length;
            var isLost = flow.IsOverdue(since, length, now) && !CongestionMark.TryMark(frame[HeaderSize..]);
            if (isLost) Dropped++;
            else frame.CopyTo(destination);
            flow.Remove();
            Bytes -= length;
            if (!isLost) return length;
        }

        return 0;
    }

    private void DropFromLargest()
    {
        FlowQueue? largest = null;
        foreach (var flow in _flows)
        {
            if (flow is not null && flow.Bytes > (largest?.Bytes ?? 0)) largest = flow;
        }

        Bytes -= largest!.Peek(out _).Length;
        largest.Remove();
        Dropped++;
    }
}
