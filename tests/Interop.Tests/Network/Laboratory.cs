using System.Net;
using Interop.Tests.Gateway;
using Interop.Tests.Guest;
using TestSupport.Certificates;
using TestSupport.Files;
using TestSupport.Namespaces;

namespace Interop.Tests.Network;

/// <summary>
/// One guest for all scenarios, the gateway it calls, and a network behind that gateway:
/// <code>
/// guest vec0 192.0.2.2 -- tap0 192.0.2.1 [namespace "gateway"] veth 198.51.100.1 -- 198.51.100.2 [namespace "inside"]
///                                                                   fd00:51::1 -- fd00:51::2
/// </code>
/// </summary>
public sealed class Laboratory : IAsyncLifetime, IDisposable
{
    /// <summary>The name the guest dials.</summary>
    public const string GatewayName = "vpn.example.test";

    /// <summary>Where the guest reaches the gateway.</summary>
    public static readonly IPAddress Outside = IPAddress.Parse("192.0.2.1");

    /// <summary>A host that only calls reach.</summary>
    public static readonly IPAddress InsideHost = IPAddress.Parse("198.51.100.2");

    public static readonly IPAddress InsideHost6 = IPAddress.Parse("fd00:51::2");

    /// <summary>The network of <see cref="InsideHost"/>, which the gateway tells clients to reach through it.</summary>
    public static readonly IPNetwork InsideNetwork = IPNetwork.Parse("198.51.100.0/24");

    private static readonly IPAddress GuestAddress = IPAddress.Parse("192.0.2.2");

    private readonly TemporaryFolder _folder = new("interop");
    private NetworkNamespace? _gatewayNamespace;
    private NetworkNamespace? _inside;
    private GuestMachine? _guest;
    private GatewayProcess? _gateway;

    public TestAuthority Authority { get; } = new();

    /// <summary>Logs, configuration and certificates of this run.</summary>
    public string Folder => _folder.Path;

    public NetworkNamespace GatewayNamespace => _gatewayNamespace ?? throw NotSetUp();

    public NetworkNamespace Inside => _inside ?? throw NotSetUp();

    public GuestMachine Guest => _guest ?? throw NotSetUp();

    public GatewayProcess Gateway => _gateway ?? throw NotSetUp();

    public async Task InitializeAsync()
    {
        _gatewayNamespace = await NetworkNamespace.CreateAsync("gateway");
        _inside = await NetworkNamespace.CreateAsync("inside");
        await WireAsync(_gatewayNamespace, _inside);

        var gateway = GatewayProcess.StartAsync(_gatewayNamespace, new GatewayFiles(Folder, Authority.Issue(GatewayName)));
        _guest = await GuestMachine.BootAsync(
            _gatewayNamespace, "tap0", GuestAddress, 24, Folder, $"127.0.0.1 localhost\n{Outside} {GatewayName}\n");
        _gateway = await gateway;
        await _guest.RunAsync($"cat >/run/authority.pem <<'END'\n{Authority.CertificatePem}\nEND");
    }

    public async Task DisposeAsync()
    {
        if (_guest is not null) await _guest.DisposeAsync();
        if (_gateway is not null) await _gateway.DisposeAsync();
        if (_inside is not null) await _inside.DisposeAsync();
        if (_gatewayNamespace is not null) await _gatewayNamespace.DisposeAsync();
    }

    public void Dispose()
    {
        Authority.Dispose();
        _folder.Dispose();
    }

    private static async Task WireAsync(NetworkNamespace gateway, NetworkNamespace inside)
    {
        await gateway.IpAsync("tuntap", "add", "tap0", "mode", "tap");
        await gateway.IpAsync("address", "add", $"{Outside}/24", "dev", "tap0");
        await gateway.IpAsync("link", "set", "tap0", "up");

        await gateway.IpAsync("link", "add", "inside", "type", "veth", "peer", "name", "gateway", "netns", inside.Name);
        await gateway.IpAsync("address", "add", "198.51.100.1/24", "dev", "inside");
        // Without "nodad" the address would be of no use for a second.
        await gateway.IpAsync("address", "add", "fd00:51::1/64", "dev", "inside", "nodad");
        await gateway.IpAsync("link", "set", "inside", "up");
        await inside.IpAsync("address", "add", $"{InsideHost}/24", "dev", "gateway");
        await inside.IpAsync("address", "add", $"{InsideHost6}/64", "dev", "gateway", "nodad");
        await inside.IpAsync("link", "set", "gateway", "up");
        await inside.IpAsync("route", "add", "default", "via", "198.51.100.1");
        await inside.IpAsync("route", "add", "default", "via", "fd00:51::1");
    }

    private static InvalidOperationException NotSetUp() => new("The laboratory is used before it is set up.");
}
