using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace TestSupport.Namespaces;

/// <summary>An empty network namespace for one piece of work: it has no name, and is gone when the work is.</summary>
public static class OwnNamespace
{
    private const int NewNetworkNamespace = 0x4000_0000; // CLONE_NEWNET (sched.h)

    /// <param name="work">Synchronous: what it hands to other threads runs outside. Programs it starts run inside.</param>
    public static void Run(Action work)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                if (Unshare(NewNetworkNamespace) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
                work();
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
    }

    /// <summary>Runs a program in the calling thread's namespace and returns what it prints;
    /// it has to succeed within 20 s.</summary>
    public static string Output(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(TimeSpan.FromSeconds(20)))
        {
            process.Kill();
            throw new TimeoutException($"{program} did not end.");
        }

        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {errors.GetAwaiter().GetResult()}");
        return output;
    }

    [DllImport("libc", EntryPoint = "unshare", SetLastError = true)]
    private static extern int Unshare(int flags);
}
