using System.Text;

namespace SstpGateway.Decoy;

/// <summary>From a request target to the path it means: percent signs decoded, dot segments and doubled slashes taken
/// out (RFC 3986 sections 2.1 and 5.2.4).</summary>
internal static class DecodedPath
{
    /// <param name="target">Begins with a slash; one character an octet.</param>
    /// <param name="path">Begins with a slash, has no "." or ".." segment and no zero octet;
    /// ends with a slash where the target's path does.</param>
    /// <returns>False for a percent sign without two hexadecimal digits, a zero octet,
    /// and a path that climbs above the root.</returns>
    public static bool TryRead(string target, out string path)
    {
        path = "/";
        var end = target.AsSpan().IndexOfAny('?', '#');
        if (!TryDecode(end < 0 ? target : target[..end], out var decoded)) return false;

        var segments = new List<string>();
        var parts = decoded.Split('/');
        for (var i = 1; i < parts.Length; i++)
        {
            if (parts[i] is "" or ".") continue;
            if (parts[i] != "..")
            {
                segments.Add(parts[i]);
            }
            else if (segments.Count > 0)
            {
                segments.RemoveAt(segments.Count - 1);
            }
            else
            {
                return false;
            }
        }

        var isFolder = parts[^1] is "" or "." or "..";
        if (segments.Count > 0) path = $"/{string.Join('/', segments)}{(isFolder ? "/" : "")}";
        return true;
    }

    private static bool TryDecode(string text, out string decoded)
    {
        decoded = text;
        if (!text.Contains('%', StringComparison.Ordinal)) return true;

        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                result.Append(text[i]);
                continue;
            }
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2])) return false;
            var octet = Convert.ToByte(text.Substring(i + 1, 2), 16);
            if (octet == 0) return false;
            result.Append((char)octet);
            i += 2;
        }
        decoded = result.ToString();
        return true;
    }
}
