namespace EndToEnd.Tests.DataPath.Captures;

/// <summary>
/// Takes what arrived of one flow, packet by packet, and finds each in what was sent of it: the same, after the last one found,
/// and used up by it. So nothing may be invented, changed, doubled or out of order; only missing it may be.
/// </summary>
public sealed class FlowComparison(IReadOnlyList<CapturedPacket> sent)
{
    private const byte Finish = 0x01, Push = 0x08, Reduced = 0x80;

    private int _next;

    /// <summary>Payload bytes of the super-packet at <see cref="_next"/> that have arrived, or are passed by.</summary>
    private int _used;

    /// <summary>Packets of several that arrived as one.</summary>
    public int Joined { get; private set; }

    /// <summary>Looks for the next that arrived.</summary>
    /// <returns>False when it is not among what was sent and is not yet used up.</returns>
    public bool TryFind(CapturedPacket arrived)
    {
        for (var at = _next; at < sent.Count; at++)
        {
            var used = at == _next ? _used : 0;
            if (used == 0 && IsSame(sent[at], arrived))
            {
                (_next, _used) = (at + 1, 0);
                return true;
            }

            if (TryFindRow(arrived, at, used)) return true;
        }

        return false;
    }

    private static bool IsSame(CapturedPacket one, CapturedPacket arrived) =>
        one.HasHeadersOf(arrived) && one.Payload.Span.SequenceEqual(arrived.Payload.Span);

    /// <summary>Whether it is a piece of a super-packet, or several packets, from this one on.</summary>
    private bool TryFindRow(CapturedPacket arrived, int at, int used)
    {
        var rest = arrived.Payload.Span;
        var sequence = arrived.Sequence;
        var (size, pieces) = (0, 0);
        for (; at < sent.Count && !rest.IsEmpty; at++, used = 0)
        {
            var piece = sent[at];
            // Of a row only the first must be here: what is between the others may have been lost.
            if (!TryTake(piece, arrived, sequence, used, rest, out var from, out var taken)
                || (size > 0 && !piece.IsSuper && taken > size))
            {
                if (pieces == 0) return false;
                continue;
            }

            // The device cuts off pieces of one size: only the last may be shorter, and whatever ends a stretch ends the packet.
            var isLast = taken == rest.Length;
            if (!piece.IsSuper && pieces > 0 && taken < size && !isLast) return false;
            if (pieces == 0) size = piece.IsSuper ? 0 : taken;
            pieces++;
            var isEnd = from + taken == piece.Payload.Length;
            if (!HasRightFlags(piece, arrived, isStart: from == 0, isFirst: pieces == 1, isEnd, isLast)) return false;
            rest = rest[taken..];
            sequence += (uint)taken;
            if (!isLast) continue;

            (_next, _used) = isEnd ? (at + 1, 0) : (at, from + taken);
            if (pieces > 1) Joined++;
            return true;
        }

        return false;
    }

    private static bool TryTake(
        CapturedPacket piece, CapturedPacket arrived, uint sequence, int used,
        ReadOnlySpan<byte> rest, out int from, out int taken)
    {
        (from, taken) = (0, 0);
        if ((!piece.IsSuper && !piece.MayBeJoined) || !piece.IsOfTheRowOf(arrived)) return false;
        var payload = piece.Payload.Span;
        if (piece.IsSuper)
        {
            var offset = piece.IsTcp ? (int)(sequence - piece.Sequence) : used;
            if (offset < used || offset >= payload.Length) return false;
            (from, taken) = (offset, Math.Min(rest.Length, payload.Length - offset));
        }
        else
        {
            if ((piece.IsTcp && piece.Sequence != sequence) || payload.Length > rest.Length) return false;
            taken = payload.Length;
        }

        return payload.Slice(from, taken).SequenceEqual(rest[..taken]);
    }

    /// <summary>What ends a stretch of data stands at the end of what arrived,
    /// and that the window was reduced, at its start.</summary>
    private static bool HasRightFlags(
        CapturedPacket piece, CapturedPacket arrived, bool isStart, bool isFirst, bool isEnd, bool isLast)
    {
        var ending = isEnd ? piece.Flags & (Finish | Push) : 0;
        if (isLast ? ending != (arrived.Flags & (Finish | Push)) : ending != 0) return false;
        var reduced = isStart ? piece.Flags & Reduced : 0;
        return isFirst ? reduced == (arrived.Flags & Reduced) : reduced == 0;
    }
}
