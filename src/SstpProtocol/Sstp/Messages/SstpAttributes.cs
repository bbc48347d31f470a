namespace SstpProtocol.Sstp.Messages;

/// <summary>The attributes of a control message, in order, for <c>foreach</c>.</summary>
public readonly ref struct SstpAttributes
{
    private readonly ReadOnlySpan<byte> _bytes;

    private SstpAttributes(ReadOnlySpan<byte> bytes, int count)
    {
        _bytes = bytes;
        Count = count;
    }

    public int Count { get; }

    /// <param name="source">Everything that follows Num Attributes.</param>
    /// <param name="count">Num Attributes.</param>
    /// <returns>False unless exactly <paramref name="count"/> attributes fill the source.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, int count, out SstpAttributes attributes)
    {
        attributes = default;
        var remaining = source;
        for (var read = 0; read < count; read++)
        {
            if (!SstpAttribute.TryRead(remaining, out var attribute)) return false;
            remaining = remaining[attribute.Length..];
        }

        if (!remaining.IsEmpty) return false;
        attributes = new SstpAttributes(source, count);
        return true;
    }

    public Enumerator GetEnumerator() => new(_bytes);

    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _remaining;
        private SstpAttribute _current;

        internal Enumerator(ReadOnlySpan<byte> bytes) => _remaining = bytes;

        public readonly SstpAttribute Current => _current;

        public bool MoveNext()
        {
            if (!SstpAttribute.TryRead(_remaining, out _current)) return false;
            _remaining = _remaining[_current.Length..];
            return true;
        }
    }
}
