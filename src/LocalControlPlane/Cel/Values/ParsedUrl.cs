using System.Buffers;

namespace LocalControlPlane.Cel.Values;

/// <summary>The parts of a URL as Go's net/url names them, for Kubernetes' <c>url()</c>.
/// An absolute URL, or an absolute path.</summary>
/// <param name="Host">Host and port.</param>
/// <param name="Path">Escaped.</param>
/// <param name="Query">Raw, without the question mark.</param>
public sealed record ParsedUrl(string Text, string Scheme, string Host, string Path, string Query)
{
    private static readonly SearchValues<char> NeverInHost = SearchValues.Create(" \"<>\\^`{|}");

    /// <summary>Without the port and without the brackets of an IPv6 address.</summary>
    public string Hostname
    {
        get
        {
            if (Host.StartsWith('[')) return Host[1..Math.Max(1, Host.IndexOf(']'))];
            var colon = Host.LastIndexOf(':');
            return colon < 0 ? Host : Host[..colon];
        }
    }

    /// <summary>Digits, or empty.</summary>
    public string Port
    {
        get
        {
            var colon = Host.LastIndexOf(':');
            return colon < 0 || colon < Host.LastIndexOf(']') ? "" : Host[(colon + 1)..];
        }
    }

    public static ParsedUrl? TryParse(string text)
    {
        if (text.Any(c => c < ' ' || c == 0x7f)) return null;

        var rest = text;
        var hash = rest.IndexOf('#', StringComparison.Ordinal);
        if (hash >= 0) rest = rest[..hash];
        var query = "";
        var mark = rest.IndexOf('?', StringComparison.Ordinal);
        if (mark >= 0) (rest, query) = (rest[..mark], rest[(mark + 1)..]);

        var scheme = SchemeOf(rest);
        if (scheme.Length == 0) return rest.StartsWith('/') && EscapesHold(rest) ? WithHost("", rest) : null;

        rest = rest[(scheme.Length + 1)..];
        return EscapesHold(rest) ? WithHost(scheme, rest) : null;

        ParsedUrl? WithHost(string s, string after)
        {
            if (!after.StartsWith("//", StringComparison.Ordinal)) return new ParsedUrl(text, s, "", after, query);
            var slash = after.IndexOf('/', 2);
            var authority = slash < 0 ? after[2..] : after[2..slash];
            var host = authority[(authority.LastIndexOf('@') + 1)..];
            return HostHolds(host)
                ? new ParsedUrl(text, s.ToLowerInvariant(), host, slash < 0 ? "" : after[slash..], query)
                : null;
        }
    }

    private static string SchemeOf(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !char.IsAsciiLetter(text[0])) return "";
        return text[..colon].All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.') ? text[..colon] : "";
    }

    private static bool HostHolds(string host)
    {
        if (host.AsSpan().ContainsAny(NeverInHost)) return false;
        var bracket = host.LastIndexOf(']');
        if (host.StartsWith('[') != bracket > 0) return false;
        var colon = host.IndexOf(':', Math.Max(0, bracket));
        return colon < 0 || host[(colon + 1)..].All(char.IsAsciiDigit);
    }

    private static bool EscapesHold(string text)
    {
        for (var i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i + 1))
        {
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2])) return false;
        }

        return true;
    }
}
