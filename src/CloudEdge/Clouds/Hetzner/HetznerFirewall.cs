using System.Globalization;
using CloudEdge.Configuration;
using CloudEdge.Providers.Hetzner;

namespace CloudEdge.Clouds.Hetzner;

/// <summary>Who may reach the machines from outside. The private network does not pass the firewall.</summary>
internal static class HetznerFirewall
{
    private static readonly string[] Everywhere = ["0.0.0.0/0", "::/0"];

    public static void Add(EdgeParts edge) => edge.Program.Add(new Firewall("firewall", new FirewallArguments
    {
        Name = edge.Name,
        Rules = [.. Rules(edge.Configuration)],
        ApplyTos = [new FirewallApplyTo { LabelSelector = $"edge={edge.Name}" }],
        Labels = edge.Labels,
    }));

    private static IEnumerable<FirewallRule> Rules(EdgeConfiguration configuration)
    {
        yield return Tcp(443, configuration.VpnRanges, "VPN");
        if (configuration.Http) yield return Tcp(80, Everywhere, "HTTP-01 challenges and revocation lists");
        yield return Tcp(22, configuration.AdminRanges, "SSH");
        yield return Tcp(6443, configuration.AdminRanges, "Kubernetes API");
        yield return new FirewallRule
        {
            Direction = FirewallDirection.In,
            Protocol = FirewallProtocol.Icmp,
            SourceIps = Everywhere,
            Description = "Ping, and what path MTU discovery needs",
        };
    }

    private static FirewallRule Tcp(int port, IReadOnlyList<string> sources, string description) => new()
    {
        Direction = FirewallDirection.In,
        Protocol = FirewallProtocol.Tcp,
        Port = port.ToString(CultureInfo.InvariantCulture),
        SourceIps = sources,
        Description = description,
    };
}
