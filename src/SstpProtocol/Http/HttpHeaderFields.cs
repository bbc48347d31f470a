namespace SstpProtocol.Http;

/// <summary>The header fields of an HTTP/1.1 message (RFC 9112 5), for <c>foreach</c>; they borrow the message's bytes.</summary>
/// <param name="fields">From the first field up to and including the empty line; already found to be well-formed.</param>
internal readonly ref struct HttpHeaderFields(ReadOnlySpan<byte> fields)
{
    private readonly ReadOnlySpan<byte> _fields = fields;

    /// <summary>True when every line is a field: a name of token characters, a colon, a value of visible characters.</summary>
    public bool AreWellFormed
    {
        get
        {
            var lines = new HttpLines(_fields);
            while (lines.TryRead(out var line) && !line.IsEmpty)
            {
                var colon = line.IndexOf((byte)':');
                if (colon <= 0 || !HttpCharacters.AreToken(line[..colon]) || !HttpCharacters.AreFieldValue(line[(colon + 1)..]))
                    return false;
            }

            return true;
        }
    }

    public Enumerator GetEnumerator() => new(_fields);

    public readonly ref struct Field(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        public ReadOnlySpan<byte> Name { get; } = name;

        /// <summary>Without the white space around it.</summary>
        public ReadOnlySpan<byte> Value { get; } = value;
    }

    public ref struct Enumerator(ReadOnlySpan<byte> fields)
    {
        private HttpLines _lines = new(fields);
        private ReadOnlySpan<byte> _line;

        public readonly Field Current
        {
            get
            {
                var colon = _line.IndexOf((byte)':');
                return new Field(_line[..colon], _line[(colon + 1)..].Trim(" \t"u8));
            }
        }

        public bool MoveNext() => _lines.TryRead(out _line) && !_line.IsEmpty;
    }
}
