using System.Text.RegularExpressions;
using GatewayConfig.Formats;

namespace Operator.Resources.Schemas;

/// <summary>What a <see cref="TextForm"/> stands for: what a schema can say about it, and what only a parser can.</summary>
/// <param name="Pattern">For the schema, in the syntax of RE2; null when the form has none.</param>
/// <param name="MaxLength">Characters at most.</param>
/// <param name="Advice">What to give instead, as the end of a sentence.</param>
/// <param name="Problem">What a parser objects to beyond the pattern, or null.</param>
public sealed record TextRule(string? Pattern, int MaxLength, string Advice, Func<string, string?> Problem)
{
    private const string Label = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
    private const string HostLabel = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private const string LastHostLabel = "[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private const string Host = $@"({HostLabel}\.)*{LastHostLabel}";
    private const string Byte = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private const string Four = $@"({Byte}\.){{3}}{Byte}";
    private const string Six = "[0-9A-Fa-f]*:[0-9A-Fa-f:.]*";
    private const string FourLength = "(3[0-2]|[12]?[0-9])";
    private const string SixLength = "(12[0-8]|1[01][0-9]|[1-9]?[0-9])";
    private const string Port = "[0-9]{1,5}";
    private const int AddressLength = 45; // Six groups and a dotted quad, the longest spelling of RFC 4291.

    public static TextRule Of(TextForm form) => form switch
    {
        TextForm.ObjectName => new(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", 253,
            "give the name of an object: lower-case letters, digits, '-' and '.'", None),
        TextForm.DataKey => new("^[-._a-zA-Z0-9]+$", 253, "give letters, digits, '-', '_' and '.' only", None),
        TextForm.DnsName => new(
            $@"^{Label}(\.{Label})*$", DnsName.MaxLength,
            "give a DNS name such as corp.example, without a final dot, international names in their xn-- form", None),
        TextForm.HostName => new(
            $"^{Host}$", DnsName.MaxLength,
            "give a host name such as vpn.example.org, without a final dot, international names in their xn-- form", None),
        TextForm.WildcardName => new(
            $@"^(\*\.)?{Host}$", DnsName.MaxLength,
            "give a host name such as vpn.example.org or *.example.org, without a final dot", None),
        TextForm.Address =>
            new($"^({Four}|{Six})$", AddressLength, "give an address such as 192.0.2.1 or 2001:db8::1", AddressProblem),
        TextForm.Address4 => new($"^{Four}$", 15, "give an IPv4 address such as 192.0.2.1", AddressProblem),
        TextForm.Network => new(
            $"^({Four}/{FourLength}|{Six}/{SixLength})$",
            AddressLength + 4,
            "give a network such as 192.0.2.0/24 or 2001:db8::/48",
            NetworkProblem),
        TextForm.Network4 => new($"^{Four}/{FourLength}$", 18, "give an IPv4 network such as 192.0.2.0/24", NetworkProblem),
        TextForm.Network6 =>
            new($"^{Six}/{SixLength}$", AddressLength + 4, "give an IPv6 network such as 2001:db8::/48", NetworkProblem),
        TextForm.Server => new(
            $@"^({Four}(:{Port})?|{Six}|\[{Six}\]:{Port})$",
            AddressLength + 8,
            "give an address, or address:port such as 192.0.2.53:53 or [2001:db8::53]:53",
            ServerProblem),
        TextForm.HostPort => new(
            $@"^({Label}(\.{Label})*(:{Port})?|{Six}|\[{Six}\](:{Port})?)$",
            DnsName.MaxLength + 6,
            "give a name or an address, with or without :port; IPv6 with a port in brackets",
            HostPortProblem),
        TextForm.Ports => new($"^{Port}(-{Port})?$", 11, "give a port such as 443 or a range such as 8000-8100", PortsProblem),
        TextForm.HttpsUrl => new("^https://[^ ]+$", 2048, "give a URL that begins with https://", UrlProblem),
        TextForm.HttpUrl => new("^https?://[^ ]+$", 2048, "give a URL that begins with https:// or http://", UrlProblem),
        TextForm.Email => new(@"^[^@ ]+@[^@ ]+$", 254, "give an e-mail address", None),
        TextForm.Device => new(
            "^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,14}$", 15, "give 1 to 15 letters, digits, '-', '_' and '.', not a '.' first", None),
        TextForm.Line => new(@"^[^\x00-\x1f\x7f]*$", 256, "give one line, without control characters", None),
        TextForm.LabelKey => new(
            "^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$",
            317,
            "give a label's key such as kubernetes.io/hostname",
            None),
        TextForm.LabelValue => new(
            "^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$",
            63,
            "give a label's value: at most 63 letters, digits, '-', '_' and '.'",
            None),
        TextForm.Quantity =>
            new("^[0-9]+([.][0-9]+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$", 32, "give a quantity such as 250m or 256Mi", None),
        TextForm.Expression =>
            new(null, 512, "give a regular expression without look-around and back references", ExpressionProblem),
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, null),
    };

    private static string? None(string text) => null;

    private static string? AddressProblem(string text) => HostAddress.TryParse(text, out _) ? null : "is not an address";

    private static string? NetworkProblem(string text) =>
        AddressRange.TryParse(text, out _) ? null : "is not a network, or has host bits set";

    private static string? ServerProblem(string text) => AddressPort.TryParse(text, 53, out _) ? null : "is not a server";

    private static string? HostPortProblem(string text)
    {
        if (HostAddress.TryParse(text, out _) || AddressPort.TryParse(text, out _)) return null;
        if (text.StartsWith('[')) return HostAddress.TryParse(text.Trim('[', ']'), out _) ? null : "is not a server";
        var colon = text.LastIndexOf(':');
        var name = colon < 0 ? text : text[..colon];
        return DnsName.IsValid(name) && (colon < 0 || PortRange.TryParse(text[(colon + 1)..], out _)) ? null : "is not a server";
    }

    private static string? PortsProblem(string text) =>
        PortRange.TryParse(text, out _) ? null : "is not a port nor a range of ports";

    private static string? UrlProblem(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Host.Length: > 0, UserInfo: "" }
            ? null
            : "is not a URL, or has a log-in in it";

    private static string? ExpressionProblem(string text)
    {
        try
        {
            _ = new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return "is not a regular expression that can be used here";
        }
    }
}
