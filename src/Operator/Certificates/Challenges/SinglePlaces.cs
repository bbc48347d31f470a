using System.Collections.Concurrent;

namespace Operator.Certificates.Challenges;

/// <summary>Accounts with room for one proof, and whose it is. Safe for concurrent use.</summary>
/// <param name="recall">The proofs that stored orders have in an account:
/// a restart must not give away a place that is taken.</param>
/// <param name="isWanted">Whether any stored order still has a proof. An order that was given up, or whose certificate
/// was deleted by force, gives nothing back.</param>
internal sealed class SinglePlaces(
    Func<string, CancellationToken, Task<IReadOnlyList<string>>> recall,
    Func<string, CancellationToken, Task<bool>> isWanted, TimeProvider clock)
{
    /// <summary>Between two looks at whether a holder is still wanted: each reads the orders of all certificates.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, string> _taken = new();
    private readonly ConcurrentDictionary<string, bool> _recalled = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _looked = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new();

    /// <returns>False while another proof is there that an order still has.</returns>
    public async Task<bool> TryTakeAsync(string account, string proof, CancellationToken stopping)
    {
        await RecallAsync(account, stopping);
        var holder = _taken.GetOrAdd(account, proof);
        if (holder == proof) return true;
        if (!IsLookDue(account) || await isWanted(holder, stopping)) return false;

        Release(account, holder);
        return _taken.GetOrAdd(account, proof) == proof;
    }

    /// <summary>Whether the place has another proof: what one wants to take away is not there,
    /// and taking it away would take that one.</summary>
    public async Task<bool> IsOfAnotherAsync(string account, string proof, CancellationToken stopping)
    {
        await RecallAsync(account, stopping);
        return _taken.TryGetValue(account, out var holder) && holder != proof;
    }

    public void Release(string account, string proof) => _taken.TryRemove(new KeyValuePair<string, string>(account, proof));

    private bool IsLookDue(string account)
    {
        var now = clock.GetUtcNow();
        if (_looked.TryGetValue(account, out var last) && now - last < LookEvery) return false;

        _looked[account] = now;
        return true;
    }

    private async Task RecallAsync(string account, CancellationToken stopping)
    {
        if (_recalled.ContainsKey(account)) return;

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
