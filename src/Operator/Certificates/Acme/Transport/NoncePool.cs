namespace Operator.Certificates.Acme.Transport;

/// <summary>Nonces that the CA handed out and that no request has used yet (RFC 8555 section 6.5).</summary>
/// <remarks>CAs forget nonces after a while; an old one costs a round trip,
/// so the freshest goes first and old ones are dropped.</remarks>
internal sealed class NoncePool(TimeProvider clock)
{
    /// <summary>More are never needed: the number of requests under way to one CA is bounded by the number of workers.</summary>
    private const int Capacity = 64;

    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly LinkedList<(string Value, long Received)> _nonces = [];

    public void Add(string nonce)
    {
        lock (_gate)
        {
            _nonces.AddFirst((nonce, clock.GetTimestamp()));
            if (_nonces.Count > Capacity) _nonces.RemoveLast();
        }
    }

    public bool TryTake(out string nonce)
    {
        lock (_gate)
        {
            nonce = "";
            if (_nonces.First is not { } freshest) return false;

            if (clock.GetElapsedTime(freshest.Value.Received) > MaxAge)
            {
                _nonces.Clear();
                return false;
            }

            _nonces.RemoveFirst();
            nonce = freshest.Value.Value;
            return true;
        }
    }

    /// <summary>After a badNonce: what came before it is likely as bad, for instance because the CA was restarted.</summary>
    public void Clear()
    {
        lock (_gate) _nonces.Clear();
    }
}
