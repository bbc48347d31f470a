using System.Net;
using CloudEdge.Configuration;

namespace CloudEdge.Machines;

/// <summary>Which machines an edge has. Pure.</summary>
public static class MachinePlan
{
    /// <summary>A cloud keeps the first few addresses of each subnet for itself; AWS four, Hetzner one.</summary>
    private const int FirstHost = 10;

    /// <param name="subnets">Subnets of /24 to spread the machines over: 1 to 3.</param>
    public static IReadOnlyList<Machine> Of(EdgeConfiguration configuration, int subnets)
    {
        var machines = new List<Machine>();
        for (var i = 0; i < configuration.Servers; i++)
            Add($"server-{i + 1}", i == 0 ? MachineRole.FirstServer : MachineRole.Server, configuration.Gateways == 0);
        for (var i = 0; i < configuration.Gateways; i++) Add($"gateway-{i + 1}", MachineRole.Agent, true);
        return machines;

        void Add(string name, MachineRole role, bool carriesGateway)
        {
            var index = machines.Count;
            var address = Address(configuration, index % subnets, FirstHost + index);
            machines.Add(new Machine(name, role, address, carriesGateway, index));
        }
    }

    /// <summary>The range of one subnet: the network's second /24 and on, so that the first
    /// stays free for what the cloud puts there.</summary>
    public static string Subnet(EdgeConfiguration configuration, int subnet) => $"{Address(configuration, subnet, 0)}/24";

    private static string Address(EdgeConfiguration configuration, int subnet, int host)
    {
        var bytes = IPNetwork.Parse(configuration.NetworkRange).BaseAddress.GetAddressBytes();
        bytes[2] += (byte)(subnet + 1);
        bytes[3] = (byte)host;
        return new IPAddress(bytes).ToString();
    }
}
