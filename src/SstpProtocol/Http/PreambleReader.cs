using System.Text;

namespace SstpProtocol.Http;

/// <summary>Reads the HTTP request that precedes SSTP, and tells it from any other (MS-SSTP 3.2.4.1, RFC 9112).</summary>
public static class PreambleReader
{
    /// <summary>Bytes up to and including the empty line; Windows sends about 250, a browser with many cookies 8 KiB.</summary>
    public const int MaxLength = 16 * 1024;

    /// <param name="buffer">Everything received so far.</param>
    /// <param name="request">Borrows the buffer; meaningful with <see cref="ReadStatus.Complete"/> only.</param>
    /// <param name="consumed">Length of the request. What follows belongs to SSTP already: clients may send ahead.</param>
    /// <returns>Malformed when this is no HTTP/1 request, or none that ends within <see cref="MaxLength"/>.</returns>
    public static ReadStatus TryRead(ReadOnlySpan<byte> buffer, out PreambleRequest request, out int consumed)
    {
        request = default;
        consumed = 0;

        // RFC 9112 2.2: an empty line or two before the request is to be passed over.
        var start = buffer.IndexOfAnyExcept((byte)'\r', (byte)'\n');
        if (start < 0) return buffer.Length < MaxLength ? ReadStatus.NeedMoreBytes : ReadStatus.Malformed;

        var within = buffer[..Math.Min(buffer.Length, MaxLength)];
        var lines = new HttpLines(within[start..]);
        if (!lines.TryRead(out var firstLine))
            return buffer.Length < MaxLength && HttpRequestLine.MayBegin(firstLine)
                ? ReadStatus.NeedMoreBytes
                : ReadStatus.Malformed;
        if (!HttpRequestLine.TryRead(firstLine, out var requestLine)) return ReadStatus.Malformed;

        var fieldsStart = within.Length - lines.RemainingLength;
        do
        {
            if (!lines.TryRead(out var line)) return buffer.Length < MaxLength ? ReadStatus.NeedMoreBytes : ReadStatus.Malformed;
            if (line.IsEmpty) break;
        }
        while (true);

        var end = within.Length - lines.RemainingLength;
        var fields = new HttpHeaderFields(within[fieldsStart..end]);
        if (!fields.AreWellFormed) return ReadStatus.Malformed;

        consumed = end;
        request = Classify(requestLine, fields);
        return ReadStatus.Complete;
    }

    private static PreambleRequest Classify(HttpRequestLine line, HttpHeaderFields fields)
    {
        ReadOnlySpan<byte> host = default;
        ReadOnlySpan<byte> correlationId = default;
        var hosts = 0;
        foreach (var field in fields)
        {
            if (Ascii.EqualsIgnoreCase(field.Name, "Host"u8))
            {
                hosts++;
                host = field.Value;
            }
            else if (Ascii.EqualsIgnoreCase(field.Name, "SSTPCORRELATIONID"u8))
            {
                correlationId = field.Value;
            }
        }

        // Two hosts, or one that is no host, deserve a web server's 400 (RFC 9112 3.2), which is not for us to give.
        var hostIsSane = hosts <= 1 && HttpCharacters.AreVisible(host);
        // Content-Length is not looked at: 2^64-1 says nothing that the method does not say, and clients differ.
        var isSstp = hostIsSane && line.Method.SequenceEqual(SstpUri.Method) && line.Version.SequenceEqual("HTTP/1.1"u8)
            && SstpUri.Matches(line.Target);

        return new PreambleRequest(
            isSstp ? PreambleKind.Sstp : PreambleKind.OtherHttp, line.Method,
            line.Target, hostIsSane ? host : default, correlationId);
    }
}
