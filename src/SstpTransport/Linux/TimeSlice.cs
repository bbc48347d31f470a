using System.Runtime.InteropServices;

namespace SstpTransport.Linux;

/// <summary>How long a thread goes on before others that wait for its processor have their turn:
/// the fair scheduler's slice.</summary>
/// <remarks>
/// A thread with a shorter slice gets no more of the processor, but gets it sooner: what has a short piece of work to do may
/// interrupt what has a longer one. It needs no privilege. Kernels before 6.12 do not look at it.
/// </remarks>
internal static unsafe class TimeSlice
{
    private const uint PolicyOther = 0;   // SCHED_OTHER: the only one that has slices
    private const ulong ResetOnFork = 1;  // SCHED_FLAG_RESET_ON_FORK

    // sched_setattr and sched_getattr, which C libraries older than glibc 2.41 have no names for.
    private static readonly nint SetNumber = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 314 : 274;
    private static readonly nint GetNumber = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 315 : 275;

    /// <summary>Of the calling thread; null where the kernel tells none.</summary>
    public static TimeSpan? OfThisThread =>
        TryGet(out var attributes) && attributes is { Policy: PolicyOther, Runtime: > 0 }
            ? TimeSpan.FromMicroseconds(attributes.Runtime / 1000.0)
            : null;

    /// <summary>
    /// Asks for a slice for the calling thread. Its nice value stays as it is; threads that it starts, such as the pool's, have
    /// the usual slice and no negative nice value.
    /// </summary>
    /// <param name="slice">The kernel takes 0.1 to 100 ms.</param>
    /// <returns>False when the kernel refuses, or someone has given the thread another policy:
    /// then nothing has changed.</returns>
    public static bool TrySet(TimeSpan slice)
    {
        if (!TryGet(out var attributes) || attributes.Policy != PolicyOther) return false;
        attributes.Flags |= ResetOnFork;
        attributes.Runtime = (ulong)slice.TotalNanoseconds;
        return LibC.SystemCall(SetNumber, 0, &attributes, 0, 0) == 0;
    }

    private static bool TryGet(out Attributes attributes)
    {
        fixed (Attributes* place = &attributes)
        {
            *place = default;
            var succeeded = LibC.SystemCall(GetNumber, 0, place, sizeof(Attributes), 0) == 0;
            place->Size = (uint)sizeof(Attributes);
            return succeeded;
        }
    }

    /// <summary>struct sched_attr in its first version (linux/sched/types.h), 48 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Attributes
    {
        public uint Size;
        public uint Policy;
        public ulong Flags;
        public int Nice;
        public uint Priority;
        public ulong Runtime;
        public ulong Deadline;
        public ulong Period;
    }
}
