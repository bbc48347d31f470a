using System.Net;
using System.Net.Sockets;
using System.Text;
using TestSupport.Namespaces;
using TestSupport.Processes;
using TestSupport.Waiting;

namespace Interop.Tests.Guest;

/// <summary>User Mode Linux: another kernel, with PPP in it, that reads the host's
/// files and writes only to its own memory.</summary>
public sealed class GuestMachine : IAsyncDisposable
{
    private const int AgentPort = 7000;
    private static readonly TimeSpan BootDeadline = TimeSpan.FromSeconds(60);

    private readonly NetworkNamespace _namespace;
    private readonly IPAddress _address;
    private readonly ChildProcess _machine;

    private GuestMachine(NetworkNamespace @namespace, IPAddress address, ChildProcess machine)
    {
        _namespace = @namespace;
        _address = address;
        _machine = machine;
    }

    /// <summary>What the guest's kernel and first process said.</summary>
    public string Console => _machine.Output;

    /// <param name="namespace">Where the TAP device is.</param>
    /// <param name="tap">Name of the TAP device that the guest's <c>vec0</c> is wired to.</param>
    /// <param name="address">The guest's address on it.</param>
    /// <param name="prefixLength">Of that address.</param>
    /// <param name="folder">Where the console's log goes.</param>
    /// <param name="hosts">Text of the guest's /etc/hosts.</param>
    public static async Task<GuestMachine> BootAsync(
        NetworkNamespace @namespace, string tap, IPAddress address, int prefixLength, string folder, string hosts)
    {
        foreach (var script in (string[])["guest-init", "guest-agent.py", "dhcp-inform.py"])
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Guest", script), Path.Combine(folder, script));
        await File.WriteAllTextAsync(Path.Combine(folder, "hosts"), hosts);

        var machine = @namespace.Start(
            Path.Combine(folder, "console.log"),
            // The guest's memory is a file: /dev/shm, its default, is too small in many containers.
            "env", $"TMPDIR={folder}",
            "linux.uml", "mem=768M", "rootfstype=hostfs", "rootflags=/", "ro", "quiet", "con=null", "con0=fd:0,fd:1",
            $"vec0:transport=tap,ifname={tap},depth=128,gro=1",
            $"init={folder}/guest-init",
            // What the kernel does not know after "--" goes to the first process.
            "--", folder, $"{address}/{prefixLength}", $"{AgentPort}");
        var guest = new GuestMachine(@namespace, address, machine);
        try
        {
            await Eventually.TrueAsync("the guest to boot", BootDeadline, guest.IsUpAsync);
            return guest;
        }
        catch (Exception failure)
        {
            await guest.DisposeAsync();
            throw new InvalidOperationException($"{failure.Message}\nThe guest's console:\n{guest.Console}", failure);
        }
    }

    /// <summary>Runs a shell script in the guest; it has to succeed.</summary>
    public async Task<string> RunAsync(string script)
    {
        try
        {
            return (await TryRunAsync(script, TimeSpan.FromSeconds(30))).Expect();
        }
        catch (CommandFailedException failure)
        {
            throw new CommandFailedException($"in the guest, \"{script}\": {failure.Message}");
        }
    }

    /// <summary>Runs a shell script in the guest. After the deadline its connection is closed and it is an error.</summary>
    public async Task<CommandResult> TryRunAsync(string script, TimeSpan deadline)
    {
        using var timer = new CancellationTokenSource(deadline);
        try
        {
            using var socket = await _namespace.ConnectAsync(new IPEndPoint(_address, AgentPort), timer.Token);
            await socket.SendAsync(Encoding.UTF8.GetBytes(script), timer.Token);
            socket.Shutdown(SocketShutdown.Send);

            var answer = await ReadToEndAsync(socket, timer.Token);
            var end = answer.LastIndexOf("\nexit:", StringComparison.Ordinal);
            if (end < 0) throw new CommandFailedException($"the guest broke off \"{script}\":\n{answer}");

            return new CommandResult(int.Parse(answer[(end + 6)..]), answer[..end]);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The guest did not finish \"{script}\" within {deadline.TotalSeconds:0.#} s.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Its file system is memory and the host's is read-only: there is nothing to shut down in order.
        _machine.KillTree();
        await _machine.DisposeAsync();
    }

    private static async Task<string> ReadToEndAsync(Socket socket, CancellationToken stopping)
    {
        using var answer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        while (await socket.ReceiveAsync(chunk, stopping) is var count and > 0) answer.Write(chunk, 0, count);
        return Encoding.UTF8.GetString(answer.GetBuffer(), 0, (int)answer.Length);
    }

    private async Task<bool> IsUpAsync()
    {
        if (_machine.HasExited) throw new CommandFailedException("the guest ended while it booted");

        try
        {
            return (await TryRunAsync("true", TimeSpan.FromSeconds(5))).ExitCode == 0;
        }
        catch (SocketException)
        {
            return false;   // The agent does not listen yet.
        }
        catch (TimeoutException)
        {
            return false;   // Its network is not up yet.
        }
    }
}
