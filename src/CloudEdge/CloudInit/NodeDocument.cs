using CloudEdge.Configuration;
using CloudEdge.Machines;
using CloudEdge.Programs;

namespace CloudEdge.CloudInit;

/// <summary>What a machine is told at its first boot: how to become a node of the cluster that can carry gateways.</summary>
internal sealed class NodeDocument(
    EdgeConfiguration configuration, string firstServer, Output<string> clusterToken, Output<string>? dnsToken)
{
    private const int KubernetesApiPort = 6443;

    /// <param name="publicAddress">The machine's own, known once it is reserved.</param>
    /// <param name="floatingAddress">One that the machine must answer to beside its own.</param>
    public Interpolation For(Machine machine, Output<string> publicAddress, Output<string>? floatingAddress)
    {
        var values = new UserData();
        List<CloudFile> files =
        [
            // The gateway's device, and packets that are not the machine's own.
            new("/etc/modules-load.d/sstp-edge.conf", "0644", "tun\n"),
            new(
                "/etc/sysctl.d/60-sstp-edge.conf", "0644",
                "net.ipv4.ip_forward = 1\nnet.ipv6.conf.all.forwarding = 1\nnet.ipv6.conf.all.accept_ra = 2\n"),
            new("/etc/rancher/k3s/config.yaml", "0600", K3sConfiguration(machine, values, publicAddress)),
            new("/etc/sstp-edge/node.env", "0644", Environment(machine)),
            new("/usr/local/sbin/sstp-edge-join", "0755", Script()),
        ];
        if (floatingAddress is not null)
        {
            files.Add(new("/etc/network/interfaces.d/70-floating.cfg", "0644",
                $"auto lo:1\niface lo:1 inet static\n    address {values.Mark(floatingAddress)}\n    netmask 255.255.255.255\n"));
        }
        if (machine.Role == MachineRole.FirstServer) files.AddRange(new ClusterManifests(configuration, dnsToken).Files(values));

        var text = CloudConfigText.Write(new CloudConfig
        {
            Hostname = machine.Name,
            Packages = ["curl", "git", "nftables"],
            Files = files,
            Commands = [["/usr/local/sbin/sstp-edge-join"]],
        });
        return values.Fill(text);
    }

    private string K3sConfiguration(Machine machine, UserData values, Output<string> publicAddress)
    {
        var root = new YamlMappingNode
        {
            { "token", values.Mark(clusterToken) },
            { "node-name", machine.Name },
            { "node-ip", machine.PrivateAddress },
            { "node-external-ip", values.Mark(publicAddress) },
        };
        if (machine.CarriesGateway)
            root.Add("node-label", new YamlSequenceNode(new YamlScalarNode($"{Names.EdgeNames.GatewayLabel}=true")));
        if (machine.Role != MachineRole.FirstServer) root.Add("server", $"https://{firstServer}:{KubernetesApiPort}");
        if (machine.Role == MachineRole.Agent) return CloudConfigText.Document(root);

        if (machine.Role == MachineRole.FirstServer && configuration.Servers > 1) root.Add("cluster-init", "true");
        root.Add("write-kubeconfig-mode", new YamlScalarNode("0600") { Style = YamlDotNet.Core.ScalarStyle.DoubleQuoted });
        root.Add(
            "tls-san",
            new YamlSequenceNode(new YamlScalarNode(values.Mark(publicAddress)), new YamlScalarNode(configuration.Hostname)));

        // Both would take port 443, which is the gateways'.
        root.Add("disable", new YamlSequenceNode(new YamlScalarNode("traefik"), new YamlScalarNode("servicelb")));
        return CloudConfigText.Document(root);
    }

    private string Environment(Machine machine) =>
        $"""
        EDGE_ROLE={(machine.Role == MachineRole.Agent ? "agent" : "server")}
        EDGE_FIRST={(machine.Role == MachineRole.FirstServer ? "yes" : "no")}
        EDGE_ADDRESS={machine.PrivateAddress}
        EDGE_K3S_VERSION={configuration.K3sVersion}
        EDGE_BOOTSTRAP={configuration.Bootstrap.ToString().ToLowerInvariant()}
        EDGE_REPOSITORY={configuration.Repository ?? ""}
        EDGE_REVISION={configuration.Revision}

        """;

    private static string Script()
    {
        using var stream = typeof(NodeDocument).Assembly.GetManifestResourceStream("join-cluster.sh")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
