using CloudEdge.CloudInit;
using CloudEdge.Configuration;
using CloudEdge.Machines;
using CloudEdge.Names;
using CloudEdge.Programs;
using CloudEdge.Providers.Cloudflare;
using CloudEdge.Providers.Randomness;

namespace CloudEdge.Clouds;

/// <summary>What is the same in every cloud: the cluster's token, the DNS zone's token,
/// what machines are told, and the outputs.</summary>
/// <param name="name">Begins the name of every resource.</param>
internal sealed class EdgeParts(PulumiProgram program, EdgeConfiguration configuration, string name)
{
    /// <summary>128 bits in letters and digits, and some.</summary>
    private const int TokenLength = 48;

    private readonly Output<string> _clusterToken = configuration.HasK3sToken
        ? program.Secret("k3sToken")
        : program.Add(
            new RandomPassword("clusterToken", new RandomPasswordArguments { Length = TokenLength, Special = false })).Result;

    private readonly ZoneToken? _zone = configuration.DnsZone is { } zone ? new ZoneToken(program, zone, $"{name}-dns") : null;

    public PulumiProgram Program => program;

    public EdgeConfiguration Configuration => configuration;

    public string Name => name;

    /// <summary>Labels (Hetzner) or tags (AWS) that every resource carries.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; } = new Dictionary<string, string> { ["edge"] = name };

    /// <summary>The labels, with a name that consoles show.</summary>
    public IReadOnlyDictionary<string, string> Named(string part) =>
        new Dictionary<string, string>(Labels) { ["Name"] = $"{name}-{part}" };

    public Interpolation UserData(
        IReadOnlyList<Machine> machines, Machine machine, Output<string> publicAddress, Output<string>? floatingAddress) =>
        new NodeDocument(configuration, machines[0].PrivateAddress, _clusterToken, _zone?.Value)
            .For(machine, publicAddress, floatingAddress);

    /// <summary>What the user is told.</summary>
    /// <param name="login">The account that may log in by SSH and become root.</param>
    public void AddOutputs(IReadOnlyList<Machine> machines, Func<Machine, Output<string>> addressOf, string login)
    {
        foreach (var machine in machines) program.Tell($"{machine.Name}-address", addressOf(machine));

        var first = addressOf(machines[0]);
        program.Tell("kubeconfigCommand", new Interpolation()
            .Literal($"ssh {login}@").Value(first)
            .Literal(" sudo cat /etc/rancher/k3s/k3s.yaml | sed s/127.0.0.1/").Value(first).Literal("/"));
        program.Tell("hostname", configuration.Hostname);
        program.Tell("gatewayNodeSelector", $"{EdgeNames.GatewayLabel}=true");
        if (_zone is null) return;

        program.Tell("dnsZoneId", _zone.ZoneId);
        program.Tell("dnsTokenSecret", $"{EdgeNames.Namespace}/{EdgeNames.TokenSecret}");
    }
}
