using CloudEdge.Machines;
using CloudEdge.Providers.Aws;

namespace CloudEdge.Clouds.Aws;

/// <summary>A network with a subnet in each of some zones, all with a way out.</summary>
internal sealed class AwsNetwork
{
    public AwsNetwork(EdgeParts edge, int subnets, string zones)
    {
        Vpc = edge.Program.Add(new Vpc("network", new VpcArguments
        {
            CidrBlock = edge.Configuration.NetworkRange, EnableDnsHostnames = true, Tags = edge.Named("network"),
        }));
        var gateway = edge.Program.Add(
            new InternetGateway("internet", new InternetGatewayArguments { VpcId = Vpc.Id, Tags = edge.Named("internet") }));
        var routes = edge.Program.Add(new RouteTable("routes", new RouteTableArguments
        {
            VpcId = Vpc.Id,
            Routes = [new RouteTableRoute { CidrBlock = "0.0.0.0/0", GatewayId = gateway.Id }],
            Tags = edge.Named("routes"),
        }));
        Subnets = [.. Enumerable.Range(0, subnets).Select(i => AddSubnet(edge, routes, i, zones[i]))];
    }

    public Vpc Vpc { get; }

    public IReadOnlyList<Subnet> Subnets { get; }

    private Subnet AddSubnet(EdgeParts edge, RouteTable routes, int index, char zone)
    {
        var subnet = edge.Program.Add(new Subnet($"subnet-{zone}", new SubnetArguments
        {
            VpcId = Vpc.Id,
            CidrBlock = MachinePlan.Subnet(edge.Configuration, index),
            AvailabilityZone = $"{edge.Configuration.AwsRegion}{zone}",
            Tags = edge.Named($"subnet-{zone}"),
        }));
        edge.Program.Add(new RouteTableAssociation($"subnet-{zone}-routes", new RouteTableAssociationArguments
        {
            RouteTableId = routes.Id, SubnetId = subnet.Id,
        }));
        return subnet;
    }
}
