using System.Collections.Concurrent;

namespace SstpGateway.Authentication;

/// <summary>The last TOTP step each user has spent: a code that was seen over somebody's
/// shoulder is worth nothing (RFC 6238 5.2).</summary>
internal sealed class SpentCodes
{
    private readonly ConcurrentDictionary<string, long> lastSteps = new(StringComparer.OrdinalIgnoreCase);

    /// <returns>False when this step or a later one is spent. Of two that ask at once, one wins.</returns>
    public bool TrySpend(string userName, long step)
    {
        while (true)
        {
            if (lastSteps.TryGetValue(userName, out var last))
            {
                if (step <= last) return false;
                if (lastSteps.TryUpdate(userName, step, last)) return true;
            }
            else if (lastSteps.TryAdd(userName, step))
            {
                return true;
            }
        }
    }

    /// <summary>Forgets users who are gone, so that there are never more entries than users.</summary>
    public void KeepOnly(IReadOnlySet<string> userNames)
    {
        foreach (var name in lastSteps.Keys)
        {
            if (!userNames.Contains(name)) lastSteps.TryRemove(name, out _);
        }
    }
}
