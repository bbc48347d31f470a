using System.Runtime.InteropServices;

namespace SstpGateway.Listening;

/// <summary>How many connections the files allow that this process may open (RLIMIT_NOFILE of getrlimit(2)).</summary>
/// <remarks>
/// The runtime does not survive running out of them: it ends the process, and every call with it. So strangers must not be able
/// to take the last one.
/// </remarks>
internal static partial class DescriptorBudget
{
    // The program with its assemblies, sockets, devices and watches: some 210; the visitors of plain HTTP and the clients of
    // administration, 160 and 128; and room for files that are read now and then.
    private const long OwnUse = 512;

    // A visitor of a decoy that asks another server, or reads a file, has two.
    private const long PerConnection = 2;

    // Where there is no limit; more than any configuration allows.
    private const int MaxConnections = 1_000_000;

    // <sys/resource.h>
    private const int NumberOfFiles = 7;

    /// <summary>Connections beyond those that fit which may be open for as long as it takes to refuse them.</summary>
    public const int Refusals = 128;

    /// <returns>Descriptors; the runtime has raised the soft limit to the hard one at its start.</returns>
    public static long Limit()
    {
        if (GetLimit(NumberOfFiles, out var limit) != 0) return long.MaxValue;
        return limit.Current > long.MaxValue ? long.MaxValue : (long)limit.Current;
    }

    /// <returns>1 at least: a gateway that takes nobody would be of no use.</returns>
    public static int ConnectionsWithin(long limit) => (int)Math.Clamp((limit - OwnUse) / PerConnection, 1, MaxConnections);

    [LibraryImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    private static partial int GetLimit(int resource, out ResourceLimit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct ResourceLimit
    {
        public ulong Current;
        public ulong Most;
    }
}
