namespace Operator.Dns.Accounts;

/// <summary>The looks at one host, shared by all accounts there: many accounts are no reason to look more often.</summary>
public sealed class SharedLiveness(ILivenessSignal signal, TimeProvider time) : ILivenessSignal
{
    private readonly Lock _gate = new();
    private Task<Liveness>? _look;
    private DateTimeOffset _begun;

    public Task<Liveness> LookAsync(CancellationToken stopping)
    {
        Task<Liveness> look;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_look is null || now - _begun >= AccountOutage.LookEvery / 2)
            {
                // Nobody's in particular, and over in seconds by itself: who stops does not wait for it.
                _look = signal.LookAsync(CancellationToken.None);
                _begun = now;
            }

            look = _look;
        }

        return look.WaitAsync(stopping);
    }
}
