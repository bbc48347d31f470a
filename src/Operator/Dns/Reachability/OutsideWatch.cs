namespace Operator.Dns.Reachability;

/// <summary>The looks from outside at one record: at most one round at a time, which no pass waits for.</summary>
public sealed class OutsideWatch : IAsyncDisposable
{
    private static readonly TimeSpan WhileLooking = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task<OutsideRound>? _running;

    /// <summary>Null until it was read from the status, or nobody has looked since the addresses changed.</summary>
    public ReachabilityState? State { get; set; }

    /// <summary>What was published when <see cref="State"/> was found out.</summary>
    public AddressSet Of { get; set; } = AddressSet.Empty;

    /// <summary>The last round that was finished.</summary>
    public OutsideRound? Last { get; private set; }

    public DateTimeOffset Next { get; set; }

    public bool IsLooking => _running is not null;

    public DateTimeOffset Due(DateTimeOffset now) => IsLooking ? now + WhileLooking : Next;

    public void Start(Func<CancellationToken, Task<OutsideRound>> look) => _running = look(_stopping.Token);

    /// <summary>The round that has just been finished; null when there is none.</summary>
    public OutsideRound? Take()
    {
        if (_running is not { IsCompleted: true } done) return null;
        _running = null;
        return Last = done.GetAwaiter().GetResult();
    }

    /// <summary>Stops looking; for who cannot wait for the end.</summary>
    public Task StopAsync() => _stopping.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        try
        {
            if (_running is not null) await _running;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Cut short, as it was told.
        }

        _stopping.Dispose();
    }
}
