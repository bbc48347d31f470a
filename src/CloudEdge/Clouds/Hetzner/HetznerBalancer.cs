using CloudEdge.Configuration;
using CloudEdge.Providers.Hetzner;
using CloudEdge.Providers.Standard;

namespace CloudEdge.Clouds.Hetzner;

/// <summary>A balancer that passes TCP through to whichever gateways are alive.</summary>
internal static class HetznerBalancer
{
    /// <summary>Hetzner's smallest: 25 targets, 10,000 connections.</summary>
    private const string SmallestType = "lb11";

    public static void Add(EdgeParts edge)
    {
        var balancer = edge.Program.Add(new LoadBalancer("balancer", new LoadBalancerArguments
        {
            Name = edge.Name, LoadBalancerType = SmallestType, Location = edge.Configuration.Location, Labels = edge.Labels,
        }));
        edge.Program.Add(new LoadBalancerTarget("balancer-gateways", new LoadBalancerTargetArguments
        {
            LoadBalancerId = Numbers.Parse(balancer.Id),
            Type = LoadBalancerTargetType.LabelSelector,
            LabelSelector = $"edge={edge.Name},gateway=true",
        }));
        edge.Program.Add(new LoadBalancerService("balancer-https", new LoadBalancerServiceArguments
        {
            LoadBalancerId = balancer.Id,
            Protocol = LoadBalancerProtocol.Tcp,
            ListenPort = 443,
            DestinationPort = 443,
            Proxyprotocol = edge.Configuration.Balancer == BalancerMode.ProxyProtocol,
            HealthCheck = new LoadBalancerHealthCheck
            {
                Protocol = LoadBalancerProtocol.Tcp, Port = 443, Interval = 10, Timeout = 5, Retries = 3,
            },
        }));
        if (edge.Configuration.ReverseDns)
        {
            edge.Program.Add(new Rdns("balancer-name", new RdnsArguments
            {
                LoadBalancerId = Numbers.Parse(balancer.Id), IpAddress = balancer.Ipv4, DnsPtr = edge.Configuration.Hostname,
            }));
        }
        edge.Program.Tell("balancerAddress", balancer.Ipv4);
        edge.Program.Tell("balancerAddress6", balancer.Ipv6);
    }
}
