using System.Text;
using SstpProtocol;

namespace SstpGateway.Decoy;

/// <summary>The first line of a request (RFC 9112 section 3), as strict and as lenient as nginx is with it.</summary>
/// <param name="Target">Path and query as sent.</param>
/// <param name="Minor">-1 for HTTP/0.9.</param>
internal readonly record struct RequestLine(string Method, string Target, int Minor)
{
    /// <summary>Reads a line that may not be whole yet: what is wrong already is said already,
    /// as a server does that reads byte by byte.</summary>
    /// <param name="line">Without its line end.</param>
    /// <param name="whole">Whether the line end has been seen.</param>
    public static ReadStatus TryRead(ReadOnlySpan<byte> line, bool whole, out RequestLine result, out RequestFault fault)
    {
        result = default;
        fault = RequestFault.Malformed;

        var methodEnd = line.IndexOf((byte)' ');
        var method = methodEnd < 0 ? line : line[..methodEnd];
        if (method.IndexOfAnyExcept(MethodOctets) >= 0) return ReadStatus.Malformed;
        if (methodEnd < 0) return whole ? ReadStatus.Malformed : NeedMore(out fault);
        if (methodEnd == 0) return ReadStatus.Malformed;

        var rest = line[methodEnd..].TrimStart((byte)' ');
        if (!rest.IsEmpty && rest[0] != '/' && !char.IsAsciiLetter((char)rest[0])) return ReadStatus.Malformed;
        if (!whole) return NeedMore(out fault);

        rest = rest.TrimEnd((byte)' ');
        var targetEnd = rest.IndexOf((byte)' ');
        var target = targetEnd < 0 ? rest : rest[..targetEnd];
        if (!TryOriginForm(target, out var path)) return ReadStatus.Malformed;

        var minor = -1;
        if (targetEnd >= 0 && !TryVersion(rest[targetEnd..].TrimStart((byte)' '), out minor, ref fault))
            return ReadStatus.Malformed;

        fault = RequestFault.None;
        result = new RequestLine(Encoding.Latin1.GetString(method), path, minor);
        return ReadStatus.Complete;
    }

    private static readonly System.Buffers.SearchValues<byte> MethodOctets =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ_-"u8);

    private static ReadStatus NeedMore(out RequestFault fault)
    {
        fault = RequestFault.None;
        return ReadStatus.NeedMoreBytes;
    }

    /// <summary>Takes "/path?query" and "http://host/path?query" (RFC 9112 sections 3.2.1 and 3.2.2).</summary>
    private static bool TryOriginForm(ReadOnlySpan<byte> target, out string path)
    {
        path = "";
        if (target.IsEmpty || target.IndexOfAnyInRange((byte)0, (byte)0x20) >= 0 || target.Contains((byte)0x7F)) return false;
        if (target[0] == '/')
        {
            path = Encoding.Latin1.GetString(target);
            return true;
        }

        var authority = target.IndexOf("://"u8);
        if (authority <= 0 || target[..authority].IndexOfAnyExcept(SchemeOctets) >= 0) return false;
        var afterScheme = target[(authority + 3)..];
        var slash = afterScheme.IndexOfAny((byte)'/', (byte)'?');
        if (slash == 0 || afterScheme.IsEmpty) return false;
        var origin = slash < 0 ? "/"u8 : afterScheme[slash..];
        path = (origin[0] == '?' ? "/" : "") + Encoding.Latin1.GetString(origin);
        return true;
    }

    private static readonly System.Buffers.SearchValues<byte> SchemeOctets =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."u8);

    private static bool TryVersion(ReadOnlySpan<byte> text, out int minor, ref RequestFault fault)
    {
        minor = 0;
        if (!text.StartsWith("HTTP/"u8)) return false;
        text = text["HTTP/"u8.Length..];

        var dot = text.IndexOf((byte)'.');
        if (dot is < 1 or > 2 || text.Length - dot is < 2 or > 3) return false;
        if (!TryDigits(text[..dot], out var major) || !TryDigits(text[(dot + 1)..], out minor)) return false;
        if (major == 1) return true;
        if (major > 1) fault = RequestFault.Version;
        return false;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out value);
}
