namespace KubeApi.Leases;

/// <summary>The lease as one candidate sees it. Pure: clocks of others are never compared with one's own.</summary>
/// <remarks>
/// A holder lives as long as its record changes. When it changed last is told by the observer's own monotonic clock; the times
/// written in the record are of the holder's clock, which may be hours off.
/// </remarks>
internal sealed class ObservedLease
{
    private LeaseSpec? _last;
    private TimeSpan _changedAt;

    /// <param name="now">Monotonic time of this process.</param>
    public void Observe(LeaseSpec? seen, TimeSpan now)
    {
        if (_last is not null && seen == _last) return;
        _last = seen;
        _changedAt = now;
    }

    public bool IsHeldBy(string identity) => _last?.HolderIdentity == identity;

    /// <summary>Null when nobody holds it.</summary>
    public string? Holder => string.IsNullOrEmpty(_last?.HolderIdentity) ? null : _last.HolderIdentity;

    /// <summary>Whether a candidate may take it: nobody has it, the candidate itself has,
    /// or its holder has shown no life for its duration.</summary>
    public bool IsFree(string candidate, TimeSpan duration, TimeSpan now)
    {
        if (Holder is not { } holder || holder == candidate) return true;
        // The holder's own word counts: a released lease says one second.
        var granted = _last?.LeaseDurationSeconds is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : duration;
        return now - _changedAt >= granted;
    }
}
