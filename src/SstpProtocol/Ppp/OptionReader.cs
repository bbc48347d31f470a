namespace SstpProtocol.Ppp;

/// <summary>Walks the options of a Configure packet; an enumerator for <c>foreach</c>.</summary>
/// <remarks>Each step takes at least two bytes, so it ends on any input; an option whose length lies ends it early.</remarks>
public ref struct OptionReader(ReadOnlySpan<byte> options)
{
    private ReadOnlySpan<byte> _rest = options;

    public ConfigureOption Current { get; private set; }

    public readonly OptionReader GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_rest.Length < ConfigureOption.HeaderSize) return false;

        var length = _rest[1];
        if (length < ConfigureOption.HeaderSize || length > _rest.Length) return false;

        Current = new ConfigureOption(_rest[..length]);
        _rest = _rest[length..];
        return true;
    }

    /// <summary>Whether the options fill the data exactly; if not, the packet is silently discarded.</summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> options)
    {
        var reader = new OptionReader(options);
        while (reader.MoveNext()) { }
        return reader._rest.IsEmpty;
    }
}
