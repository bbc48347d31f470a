using System.Collections.Concurrent;

namespace Operator.Certificates.Challenges;

/// <summary>Accounts with room for one proof, and whose it is. Safe for concurrent use.</summary>
/// <remarks>Only this process is known here. After a restart the first to present again has the place; the self-check of the other then waits.</remarks>
internal sealed class SinglePlaces
{
    private readonly ConcurrentDictionary<string, string> _taken = new();

    /// <returns>False while another proof is there.</returns>
    public bool TryTake(string account, string proof) => _taken.GetOrAdd(account, proof) == proof;

    public void Release(string account, string proof) => _taken.TryRemove(new KeyValuePair<string, string>(account, proof));
}
