using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning.Status;

/// <summary>How many calls the status shows. A status is no meter: it is renewed at most once a minute,
/// and only for a change that is worth a write.</summary>
internal sealed class CallCount
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly bool _isRenewed;
    private readonly IReadOnlyDictionary<string, int> _shown;

    public CallCount(VpnGatewayStatus? before, Fleet fleet, DateTimeOffset now)
    {
        var live = fleet.Members.Sum(member => member.Status?.Sessions ?? 0);
        var shown = before?.Calls ?? 0;
        _shown = before?.Gateways.ToDictionary(endpoint => endpoint.Name, endpoint => endpoint.Calls) ?? [];
        var isDue = before?.CallsTime is not { } then || now - then >= Interval;
        _isRenewed = isDue && IsWorthAWrite(shown, live);
        Total = _isRenewed ? live : shown;
        Time = _isRenewed ? now : before?.CallsTime;
    }

    public int Total { get; }

    public DateTimeOffset? Time { get; }

    public int Of(FleetMember member) => _isRenewed ? member.Status?.Sessions ?? 0 : _shown.GetValueOrDefault(member.Name);

    private static bool IsWorthAWrite(int shown, int live) =>
        shown != live && (shown == 0 || live == 0 || Math.Abs(live - shown) * 10 >= shown);
}
