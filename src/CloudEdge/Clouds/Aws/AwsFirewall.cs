using System.Globalization;
using CloudEdge.Configuration;
using CloudEdge.Providers.Aws;

namespace CloudEdge.Clouds.Aws;

/// <summary>Who may reach the machines, and each other.</summary>
internal static class AwsFirewall
{
    private static readonly string[] Everywhere = ["0.0.0.0/0", "::/0"];
    private const string EveryProtocol = "-1";

    public static SecurityGroup Add(EdgeParts edge, Vpc network)
    {
        var group = edge.Program.Add(new SecurityGroup("firewall", new SecurityGroupArguments
        {
            VpcId = network.Id, Description = "VPN gateways and their cluster", Tags = edge.Named("firewall"),
        }));
        AddTcp(edge, group, 443, edge.Configuration.VpnRanges, "VPN");
        if (edge.Configuration.Http) AddTcp(edge, group, 80, Everywhere, "HTTP-01 challenges and revocation lists");
        AddTcp(edge, group, 22, edge.Configuration.AdminRanges, "SSH");
        AddTcp(edge, group, 6443, edge.Configuration.AdminRanges, "Kubernetes API");

        // The balancer's probes and connections come from inside the network.
        if (edge.Configuration.Balancer != BalancerMode.None)
            AddTcp(edge, group, 443, [edge.Configuration.NetworkRange], "balancer");

        edge.Program.Add(new SecurityGroupIngressRule("in-cluster", new SecurityGroupRuleArguments
        {
            SecurityGroupId = group.Id,
            IpProtocol = EveryProtocol,
            ReferencedSecurityGroupId = group.Id,
            Description = "between the machines",
        }));
        foreach (var range in Everywhere)
        {
            edge.Program.Add(new SecurityGroupEgressRule($"out-{Family(range)}", new SecurityGroupRuleArguments
            {
                SecurityGroupId = group.Id, IpProtocol = EveryProtocol, CidrIpv4 = V4(range), CidrIpv6 = V6(range),
            }));
        }
        return group;
    }

    private static void AddTcp(EdgeParts edge, SecurityGroup group, int port, IReadOnlyList<string> ranges, string purpose)
    {
        foreach (var range in ranges)
        {
            var place = range.Replace('/', '-').Replace(':', '.').ToLower(CultureInfo.InvariantCulture);
            edge.Program.Add(new SecurityGroupIngressRule($"in-{port}-{place}", new SecurityGroupRuleArguments
            {
                SecurityGroupId = group.Id,
                IpProtocol = "tcp",
                FromPort = port,
                ToPort = port,
                CidrIpv4 = V4(range),
                CidrIpv6 = V6(range),
                Description = purpose,
            }));
        }
    }

    private static string Family(string range) => V4(range) is null ? "v6" : "v4";

    private static string? V4(string range) => range.Contains(':', StringComparison.Ordinal) ? null : range;

    private static string? V6(string range) => range.Contains(':', StringComparison.Ordinal) ? range : null;
}
