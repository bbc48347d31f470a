using System.Buffers.Text;

namespace SstpProtocol.Http;

/// <summary>Reads the server's answer to <see cref="PreambleRequest"/>, as a client.</summary>
public static class PreambleResponseReader
{
    /// <summary>Bytes up to and including the empty line.</summary>
    public const int MaxLength = 16 * 1024;

    private const int StatusOffset = 9;
    private const int StatusLength = 3;

    /// <param name="buffer">Everything received so far.</param>
    /// <param name="statusCode">100 to 999; 200 alone means that SSTP may begin. Zero unless complete.</param>
    /// <param name="consumed">Length of the answer; what follows belongs to SSTP, or is the body of a refusal.</param>
    /// <returns>Malformed when this is no HTTP/1 response, or none whose header ends within <see cref="MaxLength"/>.</returns>
    public static ReadStatus TryRead(ReadOnlySpan<byte> buffer, out int statusCode, out int consumed)
    {
        statusCode = 0;
        consumed = 0;
        var unfinished = buffer.Length < MaxLength ? ReadStatus.NeedMoreBytes : ReadStatus.Malformed;
        var within = buffer[..Math.Min(buffer.Length, MaxLength)];

        var lines = new HttpLines(within);
        if (!lines.TryRead(out var statusLine)) return MayBegin(statusLine) ? unfinished : ReadStatus.Malformed;
        if (!TryReadStatus(statusLine, out var status)) return ReadStatus.Malformed;

        var fieldsStart = within.Length - lines.RemainingLength;
        do
        {
            if (!lines.TryRead(out var line)) return unfinished;
            if (line.IsEmpty) break;
        }
        while (true);

        var end = within.Length - lines.RemainingLength;
        if (!new HttpHeaderFields(within[fieldsStart..end]).AreWellFormed) return ReadStatus.Malformed;

        statusCode = status;
        consumed = end;
        return ReadStatus.Complete;
    }

    private static bool MayBegin(ReadOnlySpan<byte> source)
    {
        var prefix = "HTTP/1."u8;
        return source.StartsWith(prefix) || prefix.StartsWith(source);
    }

    /// <summary>"HTTP/1.x SSS", then nothing or a blank and any reason.</summary>
    private static bool TryReadStatus(ReadOnlySpan<byte> line, out int status)
    {
        status = 0;
        return line.StartsWith("HTTP/1."u8)
            && line.Length >= StatusOffset + StatusLength
            && line[StatusOffset - 1] == ' '
            && (line.Length == StatusOffset + StatusLength || line[StatusOffset + StatusLength] == ' ')
            && Utf8Parser.TryParse(line.Slice(StatusOffset, StatusLength), out status, out var digits)
            && digits == StatusLength
            && status >= 100;
    }
}
