using System.Collections.Concurrent;

namespace Operator.Certificates.Challenges;

/// <summary>Accounts with room for one proof, and whose it is. Safe for concurrent use.</summary>
/// <param name="recall">The proofs that stored orders have in an account: a restart must not give away a place that is taken.</param>
internal sealed class SinglePlaces(Func<string, CancellationToken, Task<IReadOnlyList<string>>> recall)
{
    private readonly ConcurrentDictionary<string, string> _taken = new();
    private readonly ConcurrentDictionary<string, bool> _recalled = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new();

    /// <returns>False while another proof is there.</returns>
    public async Task<bool> TryTakeAsync(string account, string proof, CancellationToken stopping)
    {
        if (!_recalled.ContainsKey(account)) await RecallAsync(account, stopping);
        return _taken.GetOrAdd(account, proof) == proof;
    }

    public void Release(string account, string proof) => _taken.TryRemove(new KeyValuePair<string, string>(account, proof));

    private async Task RecallAsync(string account, CancellationToken stopping)
    {
        var gate = _gates.GetOrAdd(account, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(stopping);
        try
        {
            if (_recalled.ContainsKey(account)) return;

            // Several can only be from before an account was known to have one place; any of them is as good.
            if (await recall(account, stopping) is [var proof, ..]) _taken.TryAdd(account, proof);
            _recalled[account] = true;
        }
        finally
        {
            gate.Release();
        }
    }
}
