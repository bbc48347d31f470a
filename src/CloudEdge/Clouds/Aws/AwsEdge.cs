using CloudEdge.Configuration;
using CloudEdge.Machines;
using CloudEdge.Programs;
using CloudEdge.Providers.Aws;

namespace CloudEdge.Clouds.Aws;

/// <summary>An edge at Amazon Web Services: machines spread over the region's zones, an elastic address each.</summary>
internal static class AwsEdge
{
    private const string DefaultInstanceType = "t3.small";

    /// <summary>Where Debian publishes the id of its newest image of release 12.</summary>
    private const string DebianImage = "/aws/service/debian/release/12/latest/amd64";

    private const int DiskSize = 20;

    /// <summary>Zones are named by a letter after the region's name; these three exist in every region.</summary>
    private const string Zones = "abc";

    public static void Add(EdgeParts edge)
    {
        var configuration = edge.Configuration;
        var subnetCount = Math.Min(Zones.Length, configuration.Servers + configuration.Gateways);
        var machines = MachinePlan.Of(configuration, subnetCount);
        var network = new AwsNetwork(edge, subnetCount, Zones);
        var guard = AwsFirewall.Add(edge, network.Vpc);
        var key = edge.Program.Add(new KeyPair("sshKey", new KeyPairArguments
        {
            KeyNamePrefix = edge.Name, PublicKey = configuration.SshPublicKey, Tags = edge.Labels,
        }));
        var image = edge.Program.Variable("machineImage", Invoke.Function<string>(
            "aws:ssm/getParameter:getParameter", new ParameterQuestion { Name = configuration.Image ?? DebianImage }, "value"));

        var addresses = new Dictionary<Machine, Eip>();
        var instances = new Dictionary<Machine, Instance>();
        foreach (var machine in machines)
        {
            var address = edge.Program.Add(
                new Eip($"{machine.Name}-v4", new EipArguments { Domain = EipDomain.Vpc, Tags = edge.Named(machine.Name) }));
            var instance = edge.Program.Add(new Instance(machine.Name, new InstanceArguments
            {
                Ami = image,
                InstanceType = configuration.ServerType ?? DefaultInstanceType,
                SubnetId = network.Subnets[machine.Index % subnetCount].Id,
                PrivateIp = machine.PrivateAddress,
                VpcSecurityGroupIds = [guard.Id],
                KeyName = key.KeyName,
                SourceDestCheck = !machine.CarriesGateway,
                UserData = edge.UserData(machines, machine, address.PublicIp, floatingAddress: null),
                UserDataReplaceOnChange = false,
                MetadataOptions = new MetadataOptions { HttpTokens = "required" },
                RootBlockDevice = new RootBlockDevice { VolumeSize = DiskSize, VolumeType = "gp3", Encrypted = true },
                Tags = edge.Named(machine.Name),
            })
            {
                // A newer image is for the next machine, not a reason to replace this one.
                IgnoreChanges = ["ami"],
            });
            edge.Program.Add(new EipAssociation($"{machine.Name}-v4-use", new EipAssociationArguments
            {
                AllocationId = address.AllocationId, InstanceId = instance.Id,
            }));
            addresses.Add(machine, address);
            instances.Add(machine, instance);
        }

        if (configuration.Balancer != BalancerMode.None)
            AwsBalancer.Add(
                edge, network,
                machines.Where(machine => machine.CarriesGateway).Select(machine => (machine.Name, instances[machine])));
        edge.AddOutputs(machines, machine => addresses[machine].PublicIp, login: "admin");
    }

    private sealed record ParameterQuestion
    {
        public required string Name { get; init; }
    }
}
