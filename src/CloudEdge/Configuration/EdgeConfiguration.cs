namespace CloudEdge.Configuration;

/// <summary>What <c>pulumi config set KEY VALUE</c> can say about an edge.
/// Names of keys are those of the properties, in camelCase.</summary>
public sealed record EdgeConfiguration
{
    /// <summary>Who rents out the machines: hetzner (default) or aws.</summary>
    public CloudName Cloud { get; init; } = CloudName.Hetzner;

    /// <summary>The DNS name that VPN clients dial, such as <c>vpn.example.org</c>. Required.</summary>
    public string Hostname { get; init; } = "";

    /// <summary>The Cloudflare zone of the host name, such as <c>example.org</c>; absent:
    /// no token is made and the operator gets none.</summary>
    public string? DnsZone { get; init; }

    /// <summary>Hetzner's location, such as <c>fsn1</c> (default). For AWS the stack's <c>aws:region</c> says it.</summary>
    public string Location { get; init; } = "fsn1";

    /// <summary>The machines' type; default <c>cx23</c> at Hetzner and <c>t3.small</c> at AWS.</summary>
    public string? ServerType { get; init; }

    /// <summary>Hetzner: name of the image, default <c>debian-12</c>. AWS: an SSM parameter that holds the AMI's id;
    /// default Debian 12's.</summary>
    public string? Image { get; init; }

    /// <summary>Machines that run the cluster's control plane: 1 (default), 3 or 5, for etcd wants a majority.</summary>
    public int Servers { get; init; } = 1;

    /// <summary>Further machines that only carry gateways, 0 (default) to 20; with 0 the servers carry them.</summary>
    public int Gateways { get; init; }

    /// <summary>An OpenSSH public key that may log in. Required.</summary>
    public string SshPublicKey { get; init; } = "";

    /// <summary>CIDR ranges that may reach SSH (22) and the Kubernetes API (6443).
    /// Required: there is no default that is safe.</summary>
    public IReadOnlyList<string> AdminRanges { get; init; } = [];

    /// <summary>CIDR ranges that may reach the VPN (443); default everywhere.</summary>
    public IReadOnlyList<string> VpnRanges { get; init; } = ["0.0.0.0/0", "::/0"];

    /// <summary>Whether port 80 is open, for HTTP-01 challenges and revocation lists; default false.</summary>
    public bool Http { get; init; }

    /// <summary>The private network, an IPv4 range of /16 to /22 whose first /24s hold the machines;
    /// default <c>10.77.0.0/16</c>.</summary>
    public string NetworkRange { get; init; } = "10.77.0.0/16";

    /// <summary>Whether an address is kept that can move between gateways (Hetzner: a floating address;
    /// AWS has its elastic addresses always).</summary>
    public bool FloatingAddress { get; init; }

    /// <summary>What stands before the gateways: none (default), tcp or proxyProtocol.</summary>
    public BalancerMode Balancer { get; init; }

    /// <summary>Whether the public addresses answer with the host name (Hetzner only); default true.</summary>
    public bool ReverseDns { get; init; } = true;

    /// <summary>The release of k3s, such as <c>v1.33.5+k3s1</c> (default).</summary>
    public string K3sVersion { get; init; } = "v1.33.5+k3s1";

    /// <summary>What the first server puts into the cluster: none, manifests (default) or argoCd.</summary>
    public Bootstrap Bootstrap { get; init; } = Bootstrap.Manifests;

    /// <summary>The Git repository, by HTTPS, with this project's <c>deploy</c> folder;
    /// required unless bootstrap is none.</summary>
    public string? Repository { get; init; }

    /// <summary>Branch, tag or commit of the repository; default <c>main</c>.</summary>
    public string Revision { get; init; } = "main";

    /// <summary>Whether the stack's secret <c>k3sToken</c> is the cluster's join token; else one is made.</summary>
    public bool HasK3sToken { get; init; }

    /// <summary>AWS only: the stack's <c>aws:region</c>.</summary>
    public string? AwsRegion { get; init; }
}
