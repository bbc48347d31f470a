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
    public static ClientProcess Dial(
        Laboratory laboratory, ClientHost host, string user, string password, params string[] arguments)
    {
        var folder = laboratory.Folder;
        var passwordFile = folder.Write($"{host.Namespace.Name}-{user}.password", password + "\n");
        var authority = folder.Write("authority.pem", laboratory.Authority.CertificatePem);
        return new ClientProcess(host.Namespace, host.Namespace.Start(
            folder.File($"{host.Namespace.Name}.log"),
            [
                .. laboratory.Environment, "dotnet", Repository.Program("SstpClient", "sstp-client"),
                "connect", $"https://{Laboratory.GatewayName}",
                "--user", user, "--password-file", passwordFile, "--ca", authority,
                .. arguments.Contains("--device") ? [] : new[] { "--device", Device }, .. arguments,
            ]));
    }

    /// <summary>The address of the call that is up, once packets can pass.</summary>
    /// <param name="call">1 for the first call of this process, 2 for the first redial, and so on.</param>
    public Task<IPAddress> WaitForAddressAsync(int call = 1) => WaitForAsync(AddressLine(), call);

    /// <summary>The address made from the prefix of the router advertisement.</summary>
    public Task<IPAddress> WaitForAddress6Async(int call = 1) => WaitForAsync(Address6Line(), call);

    /// <summary>Waits until it knows the way to the network inside, by DHCPINFORM and by router advertisement.</summary>
    public async Task WaitForRoutesAsync(int call = 1)
    {
        await WaitForAsync(RouteLine(), call);
        await WaitForAsync(Route6Line(), call);
    }

    public Task WaitForOutputAsync(string text) => _process.WaitForOutputAsync(text, ConnectDeadline);

    public Task<int> WaitForExitAsync(TimeSpan deadline) => _process.WaitForExitAsync(deadline);

    /// <summary>Ctrl-C: a polite good-bye.</summary>
    public void Interrupt() => _process.Signal(Signal.Interrupt);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <returns>What the line's group "address" says, the line having come once for each call so far.</returns>
    private async Task<IPAddress> WaitForAsync(Regex line, int call) =>
        IPAddress.Parse(await Eventually.GetAsync($"{line} of call {call} of the client", ConnectDeadline, () =>
        {
            if (line.Matches(Output).ElementAtOrDefault(call - 1) is { } found)
                return Task.FromResult<string?>(found.Groups["address"].Value);
            if (HasExited) throw new CommandFailedException($"the client ended:\n{Output}");
            return Task.FromResult<string?>(null);
        }));

    [GeneratedRegex(@"^address (?<address>\d+\.\S+)$", RegexOptions.Multiline)]
    private static partial Regex AddressLine();

    [GeneratedRegex(@"^address (?<address>[0-9a-f]*:\S+)$", RegexOptions.Multiline)]
    private static partial Regex Address6Line();

    [GeneratedRegex(@"^route (?<address>198\.51\.100\.0)/24$", RegexOptions.Multiline)]
    private static partial Regex RouteLine();

    [GeneratedRegex(@"^route (?<address>fd00:51::)/64$", RegexOptions.Multiline)]
    private static partial Regex Route6Line();
}
