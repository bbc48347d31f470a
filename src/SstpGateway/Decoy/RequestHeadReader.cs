using System.Globalization;
using System.Text;
using SstpProtocol;

namespace SstpGateway.Decoy;

/// <summary>Reads the head of an HTTP/1 request from bytes at hand. Total: any input gives one of three answers.</summary>
internal static class RequestHeadReader
{
    /// <param name="buffer">All bytes since the end of the request before.</param>
    /// <param name="consumed">Bytes of the head, its empty line included, when it is complete.</param>
    /// <param name="fault">What is wrong when it is malformed.</param>
    public static ReadStatus TryRead(ReadOnlySpan<byte> buffer, out RequestHead? head, out int consumed, out RequestFault fault)
    {
        head = null;
        consumed = 0;

        // Line ends in front of a request are skipped (RFC 9112 section 2.2).
        var position = buffer.IndexOfAnyExcept((byte)'\r', (byte)'\n');
        if (position < 0) position = buffer.Length;

        var lineEnd = buffer[position..].IndexOf((byte)'\n');
        var line = Line(buffer[position..], lineEnd);
        if (line.Length > DecoyLimits.MaxLineLength) return Refuse(RequestFault.TargetTooLong, out fault);
        var status = RequestLine.TryRead(line, whole: lineEnd >= 0, out var requestLine, out fault);
        if (status != ReadStatus.Complete) return status;
        position += lineEnd + 1;

        var fields = new List<KeyValuePair<string, string>>();
        if (requestLine.Minor >= 0)
        {
            status = TryReadFields(buffer, ref position, fields, out fault);
            if (status != ReadStatus.Complete) return status;
        }

        fault = Judge(requestLine, fields, out var framing, out var contentLength, out var path);
        if (fault != RequestFault.None) return ReadStatus.Malformed;

        head = new RequestHead(requestLine.Method, requestLine.Target, path, requestLine.Minor, fields, framing, contentLength);
        consumed = position;
        return ReadStatus.Complete;
    }

    private static ReadStatus TryReadFields(
        ReadOnlySpan<byte> buffer, ref int position, List<KeyValuePair<string, string>> fields, out RequestFault fault)
    {
        while (true)
        {
            var end = buffer[position..].IndexOf((byte)'\n');
            var line = Line(buffer[position..], end);
            if (line.Length > DecoyLimits.MaxLineLength || position + line.Length > DecoyLimits.MaxHeadLength)
                return Refuse(RequestFault.FieldsTooLong, out fault);
            if (end < 0)
            {
                fault = RequestFault.None;
                return ReadStatus.NeedMoreBytes;
            }

            position += end + 1;
            if (line.IsEmpty)
            {
                fault = RequestFault.None;
                return ReadStatus.Complete;
            }
            if (!TryReadField(line, fields)) return Refuse(RequestFault.Malformed, out fault);
        }
    }

    /// <summary>A name with characters that no field has is passed over, as nginx does,
    /// unless it is a space or a control character.</summary>
    private static bool TryReadField(ReadOnlySpan<byte> line, List<KeyValuePair<string, string>> fields)
    {
        var colon = line.IndexOf((byte)':');
        var name = colon < 0 ? line : line[..colon];
        if (name.IsEmpty || name.IndexOfAnyInRange((byte)0, (byte)0x20) >= 0 || name.Contains((byte)0x7F)) return false;
        if (line.Contains((byte)0) || line.Contains((byte)'\r')) return false;
        if (colon < 0 || name.IndexOfAnyExcept(NameOctets) >= 0) return true;

        fields.Add(new(Encoding.Latin1.GetString(name), Encoding.Latin1.GetString(line[(colon + 1)..].Trim((byte)' '))));
        return true;
    }

    private static readonly System.Buffers.SearchValues<byte> NameOctets =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"u8);

    private static RequestFault Judge(
        RequestLine line, List<KeyValuePair<string, string>> fields,
        out BodyFraming framing, out long contentLength, out string path)
    {
        framing = BodyFraming.None;
        contentLength = 0;
        if (!DecodedPath.TryRead(line.Target, out path)) return RequestFault.Malformed;

        string? host = null, length = null, coding = null;
        foreach (var (name, value) in fields)
        {
            var once = name.Equals("Host", StringComparison.OrdinalIgnoreCase) ? TrySet(ref host, value)
                : name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) ? TrySet(ref length, value)
                : !name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase) || TrySet(ref coding, value);
            if (!once) return RequestFault.Malformed;
        }

        if (line.Minor >= 1 && host is null) return RequestFault.Malformed;
        if (host is not null && !IsHost(host)) return RequestFault.Malformed;
        if (coding is not null)
        {
            if (length is not null || line.Minor < 1) return RequestFault.Malformed;
            if (!coding.Equals("chunked", StringComparison.OrdinalIgnoreCase)) return RequestFault.TransferCoding;
            framing = BodyFraming.Chunked;
        }
        else if (length is not null)
        {
            if (!long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out contentLength))
                return RequestFault.Malformed;
            framing = contentLength > 0 ? BodyFraming.Length : BodyFraming.None;
        }
        return line.Method == "TRACE" ? RequestFault.Trace : RequestFault.None;
    }

    private static bool TrySet(ref string? slot, string value)
    {
        if (slot is not null) return false;
        slot = value;
        return true;
    }

    private static bool IsHost(string host) =>
        host.Length > 0 && host[0] != '.' && !host.Contains("..", StringComparison.Ordinal)
        && host.All(c => c is > ' ' and not ('/' or '\x7F'));

    private static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> rest, int lineEnd)
    {
        if (lineEnd < 0) return rest;
        var line = rest[..lineEnd];
        return line.EndsWith("\r"u8) ? line[..^1] : line;
    }

    private static ReadStatus Refuse(RequestFault reason, out RequestFault fault)
    {
        fault = reason;
        return ReadStatus.Malformed;
    }
}
