using System.Runtime.InteropServices;
using LocalControlPlane.Workloads.Pods;

namespace LocalControlPlane.Workloads.Processes;

/// <summary>Signals to processes that are still the ones meant (kill(2)).</summary>
internal static partial class ProcessSignal
{
    private const int Kill = 9, Terminate = 15;

    public static void AskToStop(ProcessIdentity process)
    {
        if (ProcessTable.IsAlive(process)) _ = Send(process.Pid, Terminate);
    }

    /// <summary>With all of its session's first group, which no descendant leaves by accident.</summary>
    public static void End(ProcessIdentity process)
    {
        if (!ProcessTable.IsAlive(process)) return;
        _ = Send(-process.Pid, Kill);
        _ = Send(process.Pid, Kill);
    }

    // A failure means that it is gone, which is what was wanted; the next look at /proc tells.
    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int pid, int signal);
}
