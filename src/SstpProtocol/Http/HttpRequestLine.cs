namespace SstpProtocol.Http;

/// <summary>The first line of a request (RFC 9112 3), borrowing its bytes.</summary>
internal readonly ref struct HttpRequestLine
{
    private HttpRequestLine(ReadOnlySpan<byte> method, ReadOnlySpan<byte> target, ReadOnlySpan<byte> version)
    {
        Method = method;
        Target = target;
        Version = version;
    }

    public ReadOnlySpan<byte> Method { get; }

    public ReadOnlySpan<byte> Target { get; }

    /// <summary>Such as "HTTP/1.1".</summary>
    public ReadOnlySpan<byte> Version { get; }

    public static bool TryRead(ReadOnlySpan<byte> line, out HttpRequestLine requestLine)
    {
        requestLine = default;
        var first = line.IndexOf((byte)' ');
        var last = line.LastIndexOf((byte)' ');
        if (first <= 0 || last <= first + 1) return false;

        var method = line[..first];
        var target = line[(first + 1)..last];
        var version = line[(last + 1)..];
        if (!HttpCharacters.AreToken(method) || !HttpCharacters.AreVisible(target) || !IsVersion(version)) return false;

        requestLine = new HttpRequestLine(method, target, version);
        return true;
    }

    /// <summary>Whether bytes without a line end may still grow into a request line.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> source)
    {
        var first = source.IndexOf((byte)' ');
        if (first < 0) return HttpCharacters.AreToken(source.TrimEnd((byte)'\r'));
        return first > 0 && HttpCharacters.AreToken(source[..first])
            && HttpCharacters.AreFieldValue(source[first..].TrimEnd((byte)'\r'));
    }

    private static bool IsVersion(ReadOnlySpan<byte> version) =>
        version.Length == 8 && version.StartsWith("HTTP/"u8) && char.IsAsciiDigit((char)version[5]) && version[6] == '.'
        && char.IsAsciiDigit((char)version[7]);
}
