namespace LocalControlPlane.Serving;

/// <summary>Ends what would otherwise hold up a stop: watches and followed logs.</summary>
internal sealed class ServerLifetime : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public CancellationToken Stopping => _stopping.Token;

    public void Stop() => _stopping.Cancel();

    public void Dispose() => _stopping.Dispose();
}
