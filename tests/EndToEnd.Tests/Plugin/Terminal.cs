using System.Globalization;
using TestSupport.Files;
using TestSupport.Namespaces;
using TestSupport.Processes;

namespace EndToEnd.Tests.Plugin;

/// <summary>A terminal with somebody at it, who reads what is shown and types.</summary>
internal static class Terminal
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private const string Program = """
        import fcntl, os, pty, select, struct, sys, termios, time
        columns, count = int(sys.argv[1]), int(sys.argv[2])
        steps = [(sys.argv[3 + 2 * i].encode(), sys.argv[4 + 2 * i].encode().decode("unicode_escape").encode()) for i in range(count)]
        command = sys.argv[3 + 2 * count:]
        child, screen = pty.fork()
        if child == 0:
            os.environ["TERM"] = "xterm"
            os.execvp(command[0], command)
        fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        seen, read, deadline = b"", 0, time.monotonic() + 100
        while time.monotonic() < deadline:
            ready, _, _ = select.select([screen], [], [], 1)
            if not ready:
                continue
            try:
                data = os.read(screen, 65536)
            except OSError:
                break
            if not data:
                break
            seen += data
            while steps and (found := seen.find(steps[0][0], read)) >= 0:
                read = found + len(steps[0][0])
                os.write(screen, steps.pop(0)[1])
        else:
            print(f"never came: {steps[0][0]}" if steps else "did not end")
            os.kill(child, 9)
        sys.stdout.buffer.write(seen)
        sys.stdout.flush()
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) & 0xFF)
        """;

    /// <param name="steps">What has to be on the screen, and what is typed then, as Python escapes it.</param>
    public static Task<CommandResult> RunAsync(
        NetworkNamespace host, TemporaryFolder folder, int columns,
        IReadOnlyList<(string Seen, string Typed)> steps, params string[] command) =>
        host.TryRunAsync(Deadline, [
            "/usr/bin/python3", folder.Write("terminal.py", Program), columns.ToString(CultureInfo.InvariantCulture),
            steps.Count.ToString(CultureInfo.InvariantCulture),
            .. steps.SelectMany(step => new[] { step.Seen, step.Typed }), .. command,
        ]);
}
