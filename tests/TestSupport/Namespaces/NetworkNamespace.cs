using System.Net;
using System.Net.Sockets;
using TestSupport.Processes;

namespace TestSupport.Namespaces;

/// <summary>A network namespace of the tests, removed with the processes that are still in it.</summary>
/// <remarks>
/// Its name starts with "sstp-" and this process's id, and is written to the file that SSTP_TEST_LEDGER names before it is
/// made, so that a test run that was cut short can be cleaned up by name.
/// </remarks>
public sealed class NetworkNamespace : IAsyncDisposable
{
    private NetworkNamespace(string name) => Name = name;

    public string Name { get; }

    /// <param name="role">What it stands for, such as "inside".</param>
    public static async Task<NetworkNamespace> CreateAsync(string role)
    {
        var name = $"sstp-{Environment.ProcessId}-{role}";
        if (Environment.GetEnvironmentVariable("SSTP_TEST_LEDGER") is { Length: > 0 } ledger)
            await File.AppendAllTextAsync(ledger, $"netns {name}\n");

        await Command.RunAsync("ip", "netns", "add", name);
        await Command.RunAsync("ip", "-n", name, "link", "set", "lo", "up");
        return new NetworkNamespace(name);
    }

    /// <summary>Runs <c>ip</c> on the namespace, such as <c>IpAsync("link", "set", "eth0", "up")</c>.</summary>
    public Task<string> IpAsync(params string[] arguments) => Command.RunAsync("ip", ["-n", Name, .. arguments]);

    /// <summary>Runs a program in the namespace; it has to succeed.</summary>
    public Task<string> RunAsync(params string[] commandLine) => Command.RunAsync("ip", ["netns", "exec", Name, .. commandLine]);

    public Task<CommandResult> TryRunAsync(TimeSpan deadline, params string[] commandLine) =>
        Command.TryRunAsync(deadline, "ip", ["netns", "exec", Name, .. commandLine]);

    public ChildProcess Start(string logFile, params string[] commandLine) =>
        ChildProcess.Start(logFile, "ip", ["netns", "exec", Name, .. commandLine]);

    /// <summary>A listening TCP socket of this process, inside the namespace.</summary>
    public Socket Listen(IPEndPoint endPoint) => NamespaceEntry.Run(Name, () =>
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(endPoint);
        socket.Listen();
        return socket;
    });

    /// <summary>A TCP connection of this process, made inside the namespace.</summary>
    public async Task<Socket> ConnectAsync(IPEndPoint endPoint, CancellationToken stopping)
    {
        // A socket belongs to the namespace it was created in, whoever uses it later.
        var socket = NamespaceEntry.Run(Name, () => new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp));
        try
        {
            await socket.ConnectAsync(endPoint, stopping);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in (await Command.RunAsync("ip", "netns", "pids", Name))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries))
            await Command.TryRunAsync(TimeSpan.FromSeconds(5), "kill", "-KILL", process);

        await Command.RunAsync("ip", "netns", "delete", Name);
    }
}
