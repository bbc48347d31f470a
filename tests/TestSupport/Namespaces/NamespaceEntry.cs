using System.ComponentModel;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace TestSupport.Namespaces;

/// <summary>Does a piece of work inside a network namespace, on a thread that is thrown away afterwards.</summary>
public static partial class NamespaceEntry
{
    /// <summary>CLONE_NEWNET of sched.h: refuse anything but a network namespace.</summary>
    private const int NetworkNamespaceType = 0x4000_0000;

    /// <param name="work">Short and synchronous: what it hands to other threads runs outside the namespace.</param>
    public static T Run<T>(string name, Func<T> work)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var handle = File.OpenHandle($"/run/netns/{name}");
                if (SetNamespace(handle, NetworkNamespaceType) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());

                result = work();
            }
            catch (Exception exception)
            {
                // Carried to the caller's thread, where it is thrown with its own stack.
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(SafeHandle handle, int type);
}
