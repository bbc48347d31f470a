using System.Net;
using TestSupport.Namespaces;

namespace EndToEnd.Tests.Network;

/// <summary>A namespace with an /etc/hosts and an /etc/resolv.conf of its own,
/// which <c>ip netns exec</c> shows in place of the host's.</summary>
public sealed class ClientHost : IAsyncDisposable
{
    private readonly string _etc;

    private ClientHost(NetworkNamespace @namespace, string etc) => (Namespace, _etc) = (@namespace, etc);

    public NetworkNamespace Namespace { get; }

    public string ResolvConf => File.ReadAllText(Path.Combine(_etc, "resolv.conf"));

    /// <param name="gateway">What <see cref="Laboratory.GatewayName"/> means to it.</param>
    public static async Task<ClientHost> CreateAsync(string role, IPAddress gateway)
    {
        var @namespace = await NetworkNamespace.CreateAsync(role);
        if (Environment.GetEnvironmentVariable("SSTP_TEST_LEDGER") is { Length: > 0 } ledger)
            await File.AppendAllTextAsync(ledger, $"etc {@namespace.Name}\n");

        var etc = Directory.CreateDirectory($"/etc/netns/{@namespace.Name}").FullName;
        await File.WriteAllTextAsync(Path.Combine(etc, "hosts"), $"127.0.0.1 localhost\n{gateway} {Laboratory.GatewayName}\n");
        await File.WriteAllTextAsync(Path.Combine(etc, "resolv.conf"), "# nothing yet\n");
        return new ClientHost(@namespace, etc);
    }

    /// <summary>From now on names are what a name server says, for programs started from now on.</summary>
    public async Task UseNameServerAsync(IPAddress server)
    {
        await File.WriteAllTextAsync(Path.Combine(_etc, "hosts"), "127.0.0.1 localhost\n");
        await File.WriteAllTextAsync(Path.Combine(_etc, "resolv.conf"), $"nameserver {server}\noptions timeout:1 attempts:2\n");
    }

    public async ValueTask DisposeAsync()
    {
        await Namespace.DisposeAsync();
        Directory.Delete(_etc, recursive: true);
    }
}
