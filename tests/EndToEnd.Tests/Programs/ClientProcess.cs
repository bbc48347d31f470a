using System.Net;
using System.Text.RegularExpressions;
using EndToEnd.Tests.Network;
using TestSupport.Files;
using TestSupport.Namespaces;
using TestSupport.Processes;
using TestSupport.Waiting;

namespace EndToEnd.Tests.Programs;

/// <summary><c>sstp-client connect</c> as its users run it.</summary>
public sealed partial class ClientProcess : IAsyncDisposable
{
    public const string Device = "tun0";

    private static readonly TimeSpan ConnectDeadline = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _process;

    private ClientProcess(NetworkNamespace @namespace, ChildProcess process) => (Namespace, _process) = (@namespace, process);

    public NetworkNamespace Namespace { get; }

    public string Output => _process.Output;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a call; what comes of it is for the test to see.</summary>
    /// <param name="arguments">Further ones of <c>connect</c>.</param>
    public static ClientProcess Dial(Laboratory laboratory, ClientHost host, string user, string password, params string[] arguments)
    {
        var folder = laboratory.Folder;
        var passwordFile = folder.Write($"{host.Namespace.Name}-{user}.password", password + "\n");
        var authority = folder.Write("authority.pem", laboratory.Authority.CertificatePem);
        return new ClientProcess(host.Namespace, host.Namespace.Start(
            folder.File($"{host.Namespace.Name}.log"),
            [
                "dotnet", Repository.Program("SstpClient", "sstp-client"), "connect", $"https://{Laboratory.GatewayName}",
                "--user", user, "--password-file", passwordFile, "--ca", authority, "--device", Device, .. arguments,
            ]));
    }

    /// <summary>The address of the call that is up, once packets can pass.</summary>
    /// <param name="call">1 for the first call of this process, 2 for the first redial, and so on.</param>
    public async Task<IPAddress> WaitForAddressAsync(int call = 1)
    {
        var line = await Eventually.GetAsync($"call {call} of the client to come up", ConnectDeadline, () =>
        {
            if (HasExited) throw new CommandFailedException($"the client ended:\n{Output}");
            return Task.FromResult(AddressLine().Matches(Output).ElementAtOrDefault(call - 1)?.Groups["address"].Value);
        });
        return IPAddress.Parse(line);
    }

    /// <summary>The address made from the prefix of the router advertisement.</summary>
    public async Task<IPAddress> WaitForAddress6Async() =>
        IPAddress.Parse(await Eventually.GetAsync("an IPv6 address by router advertisement", ConnectDeadline, () =>
            Task.FromResult(Address6Line().Match(Output) is { Success: true } found ? found.Groups["address"].Value : null)));

    /// <summary>Waits until it knows the way to the network inside, by DHCPINFORM and by router advertisement.</summary>
    public async Task WaitForRoutesAsync()
    {
        await WaitForOutputAsync("route 198.51.100.0/24");
        await WaitForOutputAsync("route fd00:51::/64");
    }

    public Task WaitForOutputAsync(string text) => _process.WaitForOutputAsync(text, ConnectDeadline);

    public Task<int> WaitForExitAsync(TimeSpan deadline) => _process.WaitForExitAsync(deadline);

    /// <summary>Ctrl-C: a polite good-bye.</summary>
    public void Interrupt() => _process.Signal(Signal.Interrupt);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    [GeneratedRegex(@"^address (?<address>\d+\.\S+)$", RegexOptions.Multiline)]
    private static partial Regex AddressLine();

    [GeneratedRegex(@"^address (?<address>[0-9a-f]*:\S+)$", RegexOptions.Multiline)]
    private static partial Regex Address6Line();
}
