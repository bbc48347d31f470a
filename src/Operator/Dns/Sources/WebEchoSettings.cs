using System.Net;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Sources;

/// <param name="Asked">Services a round and family.</param>
/// <param name="Quorum">Equal answers that make an address.</param>
public sealed record WebEchoSettings(
    IReadOnlyList<Uri> Urls4, IReadOnlyList<Uri> Urls6, int Asked, int Quorum, TimeSpan Patience,
    bool V4, bool V6, IReadOnlyList<IPNetwork> Allowed)
{
    /// <summary>Services of operators that have nothing to do with each other;
    /// each answers with nothing but the address.</summary>
    public static IReadOnlyList<Uri> Default4 { get; } =
        [
            new("https://api.ipify.org/"), new("https://ipv4.icanhazip.com/"), new("https://v4.ident.me/"),
            new("https://1.1.1.1/cdn-cgi/trace"), new("https://checkip.amazonaws.com/"), new("https://ipv4.seeip.org/"),
        ];

    public static IReadOnlyList<Uri> Default6 { get; } =
        [
            new("https://api6.ipify.org/"), new("https://ipv6.icanhazip.com/"), new("https://v6.ident.me/"),
            new("https://[2606:4700:4700::1111]/cdn-cgi/trace"), new("https://ipv6.seeip.org/"),
        ];

    public static WebEchoSettings From(WebSource source, bool v4, bool v6, IReadOnlyList<IPNetwork> allowed) => new(
        source.Urls4.Count > 0 ? [.. source.Urls4.Select(url => new Uri(url))] : Default4,
        source.Urls6.Count > 0 ? [.. source.Urls6.Select(url => new Uri(url))] : Default6,
        source.Asked,
        source.Quorum,
        source.Timeout,
        v4,
        v6,
        allowed);
}
