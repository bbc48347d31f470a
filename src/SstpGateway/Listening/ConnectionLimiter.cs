using System.Net;
using GatewayConfig.Limits;
using SstpGateway.Metrics;

namespace SstpGateway.Listening;

/// <summary>Counts connections, in all, by source, and those that have not logged in,
/// and says when one more is too many.</summary>
/// <param name="most">Connections that the process can hold at all.</param>
public sealed class ConnectionLimiter(Func<LimitsConfig> limits, int most = int.MaxValue)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SourceKey, int> _bySource = [];
    private int _pending;
    private int _all;

    /// <summary>Takes a place for a connection that has not logged in.
    /// Null when a limit is reached; <paramref name="refusal"/> then says which.</summary>
    public Place? TryEnter(IPAddress source, out ConnectionRefusal refusal)
    {
        var key = SourceKey.Of(source);
        var now = limits();
        lock (_gate)
        {
            var ofSource = _bySource.GetValueOrDefault(key);
            if (ofSource >= now.ConnectionsPerSource)
            {
                refusal = ConnectionRefusal.SourceLimit;
                return null;
            }

            if (_pending >= now.PendingConnections)
            {
                refusal = ConnectionRefusal.PendingLimit;
                return null;
            }

            if (_all >= most)
            {
                refusal = ConnectionRefusal.DescriptorLimit;
                return null;
            }

            _bySource[key] = ofSource + 1;
            _pending++;
            _all++;
            refusal = default;
            return new Place(this, key);
        }
    }

    /// <summary>Connections that have not logged in.</summary>
    public int Pending
    {
        get { lock (_gate) return _pending; }
    }

    /// <summary>One connection's place; given back when disposed.</summary>
    public sealed class Place : IDisposable
    {
        private readonly ConnectionLimiter _limiter;
        private readonly SourceKey _source;
        private bool _isPending = true;
        private bool _isHeld = true;

        internal Place(ConnectionLimiter limiter, SourceKey source)
        {
            _limiter = limiter;
            _source = source;
        }

        /// <summary>The connection has logged in and no longer counts as pending.</summary>
        public void LoggedIn()
        {
            lock (_limiter._gate)
            {
                if (_isPending) _limiter._pending--;
                _isPending = false;
            }
        }

        public void Dispose()
        {
            LoggedIn();
            lock (_limiter._gate)
            {
                if (!_isHeld) return;
                _isHeld = false;
                _limiter._all--;
                var left = _limiter._bySource[_source] - 1;
                if (left == 0) _limiter._bySource.Remove(_source);
                else _limiter._bySource[_source] = left;
            }
        }
    }
}
