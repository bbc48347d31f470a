using CloudEdge.Configuration;
using CloudEdge.Providers.Aws;

namespace CloudEdge.Clouds.Aws;

/// <summary>A network balancer that passes TCP through to whichever gateways are alive.</summary>
internal static class AwsBalancer
{
    public static void Add(EdgeParts edge, AwsNetwork network, IEnumerable<(string Name, Instance Instance)> gateways)
    {
        var balancer = edge.Program.Add(new LoadBalancer("balancer", new LoadBalancerArguments
        {
            LoadBalancerType = LoadBalancerType.Network,
            SubnetMappings = [.. network.Subnets.Select(subnet => new SubnetMapping { SubnetId = subnet.Id })],
            Tags = edge.Named("balancer"),
        }));
        var group = edge.Program.Add(new TargetGroup("balancer-gateways", new TargetGroupArguments
        {
            Port = 443,
            Protocol = "TCP",
            TargetType = TargetType.Instance,
            VpcId = network.Vpc.Id,
            ProxyProtocolV2 = edge.Configuration.Balancer == BalancerMode.ProxyProtocol,
            HealthCheck = new HealthCheck { Protocol = "TCP", Port = "443", Interval = 10 },
            Tags = edge.Named("gateways"),
        }));
        foreach (var (name, instance) in gateways)
        {
            edge.Program.Add(new TargetGroupAttachment($"balancer-{name}", new TargetGroupAttachmentArguments
            {
                TargetGroupArn = group.Arn, TargetId = instance.Id, Port = 443,
            }));
        }
        edge.Program.Add(new Listener("balancer-https", new ListenerArguments
        {
            LoadBalancerArn = balancer.Arn,
            Port = 443,
            Protocol = "TCP",
            DefaultActions = [new ListenerAction { Type = "forward", TargetGroupArn = group.Arn }],
        }));
        edge.Program.Tell("balancerName", balancer.DnsName);
    }
}
