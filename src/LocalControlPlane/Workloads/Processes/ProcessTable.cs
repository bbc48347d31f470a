using System.Globalization;
using LocalControlPlane.Workloads.Pods;

namespace LocalControlPlane.Workloads.Processes;

/// <summary>What /proc knows of processes, children of this one or not (proc(5)).</summary>
internal static class ProcessTable
{
    /// <summary>In the environment of each process that the runner starts;
    /// its value says for which runner and container.</summary>
    public const string Marker = "SSTP_LOCAL_CONTAINER";

    private static readonly Lazy<string> CurrentBoot = new(() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());

    /// <summary>Null when there is none, or only what a parent has not yet collected of it.</summary>
    public static ProcessIdentity? Identify(int pid)
    {
        var fields = Fields(pid);
        if (fields is null || fields[0] is "Z" or "X" or "x") return null;
        return new ProcessIdentity(pid, long.Parse(fields[19], CultureInfo.InvariantCulture), CurrentBoot.Value);
    }

    public static bool IsAlive(ProcessIdentity process) => Identify(process.Pid) == process;

    /// <summary>The leaders of sessions whose environment holds a marker that begins so, with the rest of it.</summary>
    public static IEnumerable<(ProcessIdentity Process, string Owner)> Marked(string prefix)
    {
        var wanted = $"{Marker}={prefix}";
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid)) continue;
            if (Fields(pid) is not { } fields || fields[3] != pid.ToString(CultureInfo.InvariantCulture)) continue;
            var entry = Environment(pid).FirstOrDefault(variable => variable.StartsWith(wanted, StringComparison.Ordinal));
            if (entry is not null && Identify(pid) is { } process) yield return (process, entry[wanted.Length..]);
        }
    }

    /// <summary>The fields behind the name, which itself may hold spaces and brackets:
    /// 0 is the state (field 3 of the manual).</summary>
    private static string[]? Fields(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended between being listed and being read, or never was.
            return null;
        }
    }

    private static string[] Environment(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/environ").Split('\0');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Ended, or another user's; neither is ours.
            return [];
        }
    }
}
