using System.Runtime.InteropServices;

namespace SstpGateway.Configuration;

/// <summary>SIGHUP means: read your files again.</summary>
public static class ReloadSignal
{
    /// <param name="reload">What to do, in order, on a thread of the pool.</param>
    /// <returns>Dispose it to stop; SIGHUP then ends the process again.</returns>
    public static IDisposable Register(params Action[] reload) =>
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            foreach (var action in reload) action();
        });
}
