using System.Net;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Sources;

/// <summary>One question whose answer is the asker's own address.</summary>
public sealed record DnsEchoQuestion(IPEndPoint Server, string Name, DnsEchoType Type, DnsEchoClass Class)
{
    private const int DnsPort = 53;

    /// <summary>Cloudflare, OpenDNS and Google's own authoritative servers; the last must be asked directly,
    /// for its public resolvers answer for themselves.</summary>
    public static IReadOnlyList<DnsEchoQuestion> Default { get; } =
    [
        Make("1.1.1.1", "whoami.cloudflare", DnsEchoType.Txt, DnsEchoClass.CH),
        Make("208.67.222.222", "myip.opendns.com", DnsEchoType.Address, DnsEchoClass.IN),
        Make("216.239.32.10", "o-o.myaddr.l.google.com", DnsEchoType.Txt, DnsEchoClass.IN),
        Make("2606:4700:4700::1111", "whoami.cloudflare", DnsEchoType.Txt, DnsEchoClass.CH),
        Make("2620:119:35::35", "myip.opendns.com", DnsEchoType.Address, DnsEchoClass.IN),
        Make("2001:4860:4802:32::a", "o-o.myaddr.l.google.com", DnsEchoType.Txt, DnsEchoClass.IN),
    ];

    /// <summary>The questions of a specification; those whose server is no address are left out,
    /// which validation has said.</summary>
    public static IReadOnlyList<DnsEchoQuestion> From(DnsSource source) => source.Queries.Count == 0 ? Default
        : [.. source.Queries.Select(query => IPEndPoint.TryParse(query.Server, out var server) ? new DnsEchoQuestion(
            WithPort(server), query.Name, query.Type, query.Class) : null).OfType<DnsEchoQuestion>()];

    private static IPEndPoint WithPort(IPEndPoint server) => server.Port == 0 ? new IPEndPoint(server.Address, DnsPort) : server;

    private static DnsEchoQuestion Make(string server, string name, DnsEchoType type, DnsEchoClass recordClass) =>
        new(new IPEndPoint(IPAddress.Parse(server), DnsPort), name, type, recordClass);
}
