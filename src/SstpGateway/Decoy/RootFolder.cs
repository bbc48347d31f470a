using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SstpGateway.Decoy;

/// <summary>Opens files below one folder, and nothing else: the kernel itself refuses every way out,
/// symbolic links and races included.</summary>
internal sealed partial class RootFolder(string root)
{
    // <asm-generic/unistd.h> and the tables of x86-64 and arm64 agree on this number.
    private const long Openat2 = 437;

    // <fcntl.h>: both architectures share these. Non-blocking, so that a FIFO left in the folder does not hold the thread.
    private const int ReadOnly = 0;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int PathOnly = 0x200000;
    private const int CurrentFolder = -100;

    // <linux/openat2.h>
    private const ulong ResolveNoMagicLinks = 0x02;
    private const ulong ResolveBeneath = 0x08;

    // <errno.h>
    private const int NoSuchFile = 2;
    private const int Again = 11;
    private const int AccessDenied = 13;
    private const int CrossDevice = 18;
    private const int NotAFolder = 20;
    private const int TooManyLinks = 40;
    private const int NameTooLong = 36;

    /// <param name="path">Relative to the root; one character an octet, since a file's name is octets.</param>
    /// <returns>Null when there is no such file below the root, or when it may not be read.</returns>
    /// <exception cref="Win32Exception">The kernel refused for another reason; its text says which.</exception>
    public SafeFileHandle? Open(string path)
    {
        using var folder = OpenBelow(CurrentFolder, Encoding.UTF8.GetBytes(root), PathOnly, 0);
        if (folder is null) return null;

        var name = path.Length == 0 ? "."u8.ToArray() : Encoding.Latin1.GetBytes(path);
        return OpenBelow((int)folder.DangerousGetHandle(), name, ReadOnly | NonBlocking, ResolveBeneath | ResolveNoMagicLinks);
    }

    private static SafeFileHandle? OpenBelow(int folder, byte[] path, int flags, ulong resolve)
    {
        var how = new OpenHow { Flags = (ulong)(flags | CloseOnExec), Resolve = resolve };
        for (var attempt = 0; ; attempt++)
        {
            var descriptor = Syscall(Openat2, folder, [.. path, 0], ref how, Marshal.SizeOf<OpenHow>());
            if (descriptor >= 0) return new SafeFileHandle((nint)descriptor, ownsHandle: true);

            switch (Marshal.GetLastPInvokeError())
            {
                case NoSuchFile or AccessDenied or CrossDevice or NotAFolder or TooManyLinks or NameTooLong:
                    return null;

                // A rename somewhere kept the kernel from being sure; its manual asks for another try.
                case Again when attempt < 10:
                    break;
                case var error:
                    throw new Win32Exception(error);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial long Syscall(long number, long folder, byte[] path, ref OpenHow how, long size);

    [StructLayout(LayoutKind.Sequential)]
    private struct OpenHow
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }
}
