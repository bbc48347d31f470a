namespace LocalControlPlane.Workloads.Pods;

/// <summary>A process that cannot be mistaken for a later one with its number.</summary>
/// <param name="StartTicks">Field 22 of /proc/PID/stat: clock ticks from the boot to its start.</param>
/// <param name="Boot">The boot that the ticks count from (/proc/sys/kernel/random/boot_id).</param>
internal sealed record ProcessIdentity(int Pid, long StartTicks, string Boot);
