using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Operator.Certificates.InternalCa;

/// <summary>Which gateway was given which list, so that one is sent again only when it changed or might be forgotten.
/// Safe for concurrent use.</summary>
internal sealed class DeliveredLists(TimeProvider clock)
{
    /// <summary>A gateway keeps its list over a restart; one that lost its disk gets it again after this time.</summary>
    private static readonly TimeSpan Trust = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(string Gateway, string List), (string Digest, DateTimeOffset Time)> _delivered = new();

    /// <param name="gateway">One pod.</param>
    public bool Has(string gateway, string name, byte[] list) =>
        _delivered.TryGetValue((gateway, name), out var last)
        && last.Digest == Digest(list) && clock.GetUtcNow() - last.Time < Trust;

    public void Confirm(string gateway, string name, byte[] list)
    {
        var now = clock.GetUtcNow();
        foreach (var (key, value) in _delivered)
        {
            if (now - value.Time >= Trust) _delivered.TryRemove(key, out _);    // pods come and go
        }

        _delivered[(gateway, name)] = (Digest(list), now);
    }

    private static string Digest(byte[] list) => Convert.ToHexString(SHA256.HashData(list));
}
