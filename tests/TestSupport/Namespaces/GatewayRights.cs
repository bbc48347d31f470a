using System.ComponentModel;
using System.Runtime.InteropServices;

namespace TestSupport.Namespaces;

/// <summary>Lets the calling thread go on as "nobody" with the two capabilities a gateway has, and no others.</summary>
/// <remarks>
/// Rights belong to threads in Linux; it is the C library that keeps a process's threads alike, and it is passed by here.
/// The thread must end soon after: there is no way back.
/// </remarks>
public static unsafe class GatewayRights
{
    private const int Nobody = 65534;
    private const int KeepCapabilities = 8;            // PR_SET_KEEPCAPS
    private const uint CapabilityVersion3 = 0x20080522; // _LINUX_CAPABILITY_VERSION_3
    private const uint NetBindService = 1u << 10;       // CAP_NET_BIND_SERVICE
    private const uint NetAdmin = 1u << 12;             // CAP_NET_ADMIN

    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    /// <param name="withNetAdmin">False leaves CAP_NET_ADMIN out as well.</param>
    public static void Assume(bool withNetAdmin = true)
    {
        Check(ProcessControl(KeepCapabilities, 1, 0, 0, 0));
        Check((int)SystemCall(IsArm ? 149 : 119, Nobody, Nobody, Nobody)); // setresgid
        Check((int)SystemCall(IsArm ? 147 : 117, Nobody, Nobody, Nobody)); // setresuid

        var kept = NetBindService | (withNetAdmin ? NetAdmin : 0);
        var header = stackalloc uint[] { CapabilityVersion3, 0 };
        var sets = stackalloc uint[] { kept, kept, 0, 0, 0, 0 }; // effective, permitted, inheritable; twice 32 bits
        Check(SetCapabilities(header, sets));
    }

    private static void Check(int result)
    {
        if (result != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [DllImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static extern int ProcessControl(int option, nuint a, nuint b, nuint c, nuint d);

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static extern nint SystemCall(nint number, nint a, nint b, nint c);

    [DllImport("libc", EntryPoint = "capset", SetLastError = true)]
    private static extern int SetCapabilities(uint* header, uint* sets);
}
