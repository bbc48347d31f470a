using System.Globalization;
using System.Net;
using TestSupport.Certificates;
using TestSupport.Files;
using TestSupport.Namespaces;

namespace EndToEnd.Tests.Network;

/// <summary>
/// A gateway's surroundings, in four network namespaces of their own:
/// <code>
/// client 192.0.2.2 ---- 192.0.2.1 [gateway] 198.51.100.1 -- 198.51.100.2 [inside]
/// other 203.0.113.2 -- 203.0.113.1             fd00:51::1 -- fd00:51::2
/// </code>
/// </summary>
public sealed class Laboratory : IAsyncDisposable
{
    /// <summary>The name that clients dial and the certificate is for.</summary>
    public const string GatewayName = "vpn.example.test";

    /// <summary>Where the namespace "client" reaches the gateway.</summary>
    public static readonly IPEndPoint Gateway = IPEndPoint.Parse("192.0.2.1:443");

    public static readonly IPAddress ClientHost = IPAddress.Parse("192.0.2.2");

    /// <summary>A host that is reached through the gateway only.</summary>
    public static readonly IPAddress InsideHost = IPAddress.Parse("198.51.100.2");

    public static readonly IPAddress InsideHost6 = IPAddress.Parse("fd00:51::2");

    /// <summary>What the inside network sees of masqueraded clients.</summary>
    public static readonly IPAddress GatewayInside = IPAddress.Parse("198.51.100.1");

    private static int _count;

    private Laboratory(NetworkNamespace gateway, NetworkNamespace inside, ClientHost client, ClientHost other) =>
        (GatewayNamespace, Inside, Client, Other) = (gateway, inside, client, other);

    public NetworkNamespace GatewayNamespace { get; }

    public NetworkNamespace Inside { get; }

    public ClientHost Client { get; }

    /// <summary>A second client's host, with another address towards the gateway.</summary>
    public ClientHost Other { get; }

    public TestAuthority Authority { get; } = new();

    public TemporaryFolder Folder { get; } = new("e2e");

    /// <summary>What SSTP_TUN_OFFLOADS says to the programs under test; null leaves them the tests' own.</summary>
    public string? TunOffloads { get; set; }

    /// <summary>What stands before the command line of a program under test.</summary>
    public IReadOnlyList<string> Environment => TunOffloads is null ? [] : ["env", $"SSTP_TUN_OFFLOADS={TunOffloads}"];

    public static async Task<Laboratory> BuildAsync()
    {
        // Several tests may run at a time; namespaces are named by role.
        var number = Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture);
        var laboratory = new Laboratory(
            await NetworkNamespace.CreateAsync($"gateway{number}"),
            await NetworkNamespace.CreateAsync($"inside{number}"),
            await Network.ClientHost.CreateAsync($"client{number}", Gateway.Address),
            await Network.ClientHost.CreateAsync($"other{number}", IPAddress.Parse("203.0.113.1")));
        await laboratory.WireAsync();
        return laboratory;
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Other.DisposeAsync();
        await Inside.DisposeAsync();
        await GatewayNamespace.DisposeAsync();
        Authority.Dispose();
        Folder.Dispose();
    }

    private async Task WireAsync()
    {
        // "nodad": without it an IPv6 address would be of no use for its first second.
        await BatchAsync(GatewayNamespace, $"""
            link add client type veth peer name uplink netns {Client.Namespace.Name}
            link add other type veth peer name uplink netns {Other.Namespace.Name}
            link add inside type veth peer name gateway netns {Inside.Name}
            address add 192.0.2.1/24 dev client
            address add 203.0.113.1/24 dev other
            address add 198.51.100.1/24 dev inside
            address add fd00:51::1/64 dev inside nodad
            link set client up
            link set other up
            link set inside up
            """);
        await BatchAsync(Inside, """
            address add 198.51.100.2/24 dev gateway
            address add fd00:51::2/64 dev gateway nodad
            link set gateway up
            route add default via 198.51.100.1
            route add default via fd00:51::1
            """);
        await BatchAsync(Client.Namespace, """
            address add 192.0.2.2/24 dev uplink
            link set uplink up
            """);
        await BatchAsync(Other.Namespace, """
            address add 203.0.113.2/24 dev uplink
            link set uplink up
            """);
    }

    private async Task BatchAsync(NetworkNamespace @namespace, string lines) =>
        await @namespace.IpAsync("-batch", Folder.Write($"{@namespace.Name}.ip", lines + "\n"));
}
