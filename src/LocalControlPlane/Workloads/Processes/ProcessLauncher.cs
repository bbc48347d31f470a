using System.Diagnostics;

namespace LocalControlPlane.Workloads.Processes;

/// <summary>Starts programs that outlive this one: in a session of their own,
/// with their output in a file and no pipe to break.</summary>
internal static class ProcessLauncher
{
    /// <summary>The shell puts itself into the cgroup and becomes the program:
    /// the process number stays the same throughout.</summary>
    private const string Script = """
        log=$1 cgroup=$2; shift 2
        if [ -n "$cgroup" ]; then echo $$ >"$cgroup/cgroup.procs" || :; fi 2>/dev/null
        exec setsid "$@" >>"$log" 2>&1 </dev/null
        """;

    /// <param name="marker">See <see cref="ProcessTable.Marker"/>.</param>
    /// <param name="cgroup">Folder of a cgroup; empty for none.</param>
    public static Process Start(PreparedContainer container, string marker, string logFile, string cgroup)
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = container.WorkingFolder, UseShellExecute = false };
        foreach (var argument in (string[])["-c", Script, "sh", logFile, cgroup, container.Program, .. container.Arguments])
            start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var (name, value) in container.Environment) start.Environment[name] = value;
        start.Environment[ProcessTable.Marker] = marker;
        return Process.Start(start)!;
    }
}
