using CloudEdge.Configuration;
using CloudEdge.Machines;
using CloudEdge.Providers.Hetzner;
using CloudEdge.Providers.Standard;

namespace CloudEdge.Clouds.Hetzner;

/// <summary>An edge at Hetzner Cloud.</summary>
/// <remarks>
/// Firewall and balancer find their machines by label, so a machine is guarded from its first second. Addresses are reserved
/// apart from the machines, so a machine that is replaced keeps its own.
/// </remarks>
internal static class HetznerEdge
{
    private const string DefaultServerType = "cx23";
    private const string DefaultImage = "debian-12";

    public static void Add(EdgeParts edge)
    {
        var machines = MachinePlan.Of(edge.Configuration, subnets: 1);
        var subnet = AddNetwork(edge);
        HetznerFirewall.Add(edge);
        var group = edge.Program.Add(new PlacementGroup("placement", new PlacementGroupArguments
        {
            Type = PlacementGroupType.Spread, Name = edge.Name, Labels = edge.Labels,
        }));
        var key = edge.Program.Add(new SshKey("sshKey", new SshKeyArguments
        {
            Name = edge.Name, PublicKey = edge.Configuration.SshPublicKey, Labels = edge.Labels,
        }));
        var floating = edge.Configuration.FloatingAddress ? AddFloatingAddress(edge) : null;

        var addresses = new Dictionary<Machine, PrimaryIp>();
        var servers = new Dictionary<Machine, Server>();
        foreach (var machine in machines)
        {
            var address4 = AddAddress(edge, machine, AddressType.Ipv4);
            var address6 = AddAddress(edge, machine, AddressType.Ipv6);
            addresses.Add(machine, address4);
            servers.Add(machine, edge.Program.Add(new Server(machine.Name, new ServerArguments
            {
                Name = $"{edge.Name}-{machine.Name}",
                ServerType = edge.Configuration.ServerType ?? DefaultServerType,
                Image = edge.Configuration.Image ?? DefaultImage,
                Location = edge.Configuration.Location,
                SshKeys = [key.Id],
                PlacementGroupId = Numbers.Parse(group.Id),
                PublicNets =
                [
                    new ServerPublicNet
                    {
                        Ipv4Enabled = true,
                        Ipv4 = Numbers.Parse(address4.Id),
                        Ipv6Enabled = true,
                        Ipv6 = Numbers.Parse(address6.Id),
                    },
                ],
                Networks = [new ServerNetwork { SubnetId = subnet.Id, Ip = machine.PrivateAddress }],
                UserData = edge.UserData(
                    machines, machine, address4.IpAddress, machine.CarriesGateway ? floating?.IpAddress : null),
                Labels = Labels(edge, machine),
            })));
        }

        if (floating is not null) Assign(edge, floating, servers[machines.First(machine => machine.CarriesGateway)]);
        if (edge.Configuration.Balancer != BalancerMode.None) HetznerBalancer.Add(edge);
        edge.AddOutputs(machines, machine => addresses[machine].IpAddress, login: "root");
        if (floating is not null) edge.Program.Tell("floatingAddress", floating.IpAddress);
    }

    private static Dictionary<string, string> Labels(EdgeParts edge, Machine machine)
    {
        var labels = new Dictionary<string, string>(edge.Labels)
        {
            ["role"] = machine.Role == MachineRole.Agent ? "agent" : "server",
        };
        if (machine.CarriesGateway) labels.Add("gateway", "true");
        return labels;
    }

    private static NetworkSubnet AddNetwork(EdgeParts edge)
    {
        var network = edge.Program.Add(new Network("network", new NetworkArguments
        {
            Name = edge.Name, IpRange = edge.Configuration.NetworkRange, Labels = edge.Labels,
        }));
        return edge.Program.Add(new NetworkSubnet("subnet", new NetworkSubnetArguments
        {
            NetworkId = Numbers.Parse(network.Id),
            Type = SubnetType.Cloud,
            NetworkZone = ZoneOf(edge.Configuration.Location),
            IpRange = MachinePlan.Subnet(edge.Configuration, 0),
        }));
    }

    /// <summary>The network zone of a location, from Hetzner's list of locations.</summary>
    private static string ZoneOf(string location) => location[..3] switch
    {
        "ash" => "us-east",
        "hil" => "us-west",
        "sin" => "ap-southeast",
        _ => "eu-central",
    };

    private static PrimaryIp AddAddress(EdgeParts edge, Machine machine, AddressType type)
    {
        var suffix = type == AddressType.Ipv4 ? "v4" : "v6";
        var address = edge.Program.Add(new PrimaryIp($"{machine.Name}-{suffix}", new PrimaryIpArguments
        {
            Name = $"{edge.Name}-{machine.Name}-{suffix}",
            Type = type,
            AssigneeType = "server",
            AutoDelete = false,
            Location = edge.Configuration.Location,
            Labels = edge.Labels,
        }));
        if (edge.Configuration.ReverseDns && machine.CarriesGateway && type == AddressType.Ipv4)
        {
            edge.Program.Add(new Rdns($"{machine.Name}-{suffix}-name", new RdnsArguments
            {
                PrimaryIpId = Numbers.Parse(address.Id), IpAddress = address.IpAddress, DnsPtr = edge.Configuration.Hostname,
            }));
        }
        return address;
    }

    private static FloatingIp AddFloatingAddress(EdgeParts edge)
    {
        var floating = edge.Program.Add(new FloatingIp("floating", new FloatingIpArguments
        {
            Name = edge.Name, Type = AddressType.Ipv4, HomeLocation = edge.Configuration.Location, Labels = edge.Labels,
        }));
        if (edge.Configuration.ReverseDns)
        {
            edge.Program.Add(new Rdns("floating-name", new RdnsArguments
            {
                FloatingIpId = Numbers.Parse(floating.Id), IpAddress = floating.IpAddress, DnsPtr = edge.Configuration.Hostname,
            }));
        }
        return floating;
    }

    /// <summary>Only where it points at first: whoever moves it later is not undone by the next <c>pulumi up</c>.</summary>
    private static void Assign(EdgeParts edge, FloatingIp floating, Server server) =>
        edge.Program.Add(new FloatingIpAssignment("floating-assignment", new FloatingIpAssignmentArguments
        {
            FloatingIpId = Numbers.Parse(floating.Id), ServerId = Numbers.Parse(server.Id),
        }) { IgnoreChanges = ["serverId"] });
}
