using System.Runtime.InteropServices;
using SstpGateway.Admin;
using SstpGateway.Configuration;

namespace SstpGateway.Commands;

/// <summary>When the program ends: a first SIGTERM, SIGINT or request to drain begins the end,
/// a second signal hurries it.</summary>
internal sealed class Lifetime : IDrain, IDisposable
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _hurry = new();

    public bool IsDraining => _begun.Task.IsCompleted;

    public Task DrainBegun => _begun.Task;

    /// <summary>Cancelled by the second signal.</summary>
    public CancellationToken Hurry => _hurry.Token;

    public void Begin() => _begun.TrySetResult();

    /// <param name="reload">What SIGHUP does.</param>
    public IDisposable FollowSignals(Action reload)
    {
        var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        var hangUp = ReloadSignal.Register(reload);
        return new Registrations(terminate, interrupt, hangUp);
    }

    public void Dispose() => _hurry.Dispose();

    private void End(PosixSignalContext context)
    {
        context.Cancel = true;
        if (!_begun.TrySetResult()) _hurry.Cancel();
    }

    private sealed class Registrations(params IDisposable[] all) : IDisposable
    {
        public void Dispose()
        {
            foreach (var registration in all) registration.Dispose();
        }
    }
}
