using System.Diagnostics.Metrics;
using Operator.Dns.Providers;

namespace Operator.Dns;

/// <summary>What is counted about names. Tags are from closed sets; names and addresses are never among them.</summary>
public sealed class DnsMetrics
{
    public const string MeterName = "Operator.Dns";

    private readonly Counter<long> _calls;
    private readonly Counter<long> _publishes;
    private readonly Counter<long> _drifts;
    private readonly Counter<long> _disagreements;
    private readonly Counter<long> _switches;
    private readonly Counter<long> _reports;
    private readonly Counter<long> _outsideLooks;
    private readonly Counter<long> _looks;
    private readonly Counter<long> _waits;
    private readonly Meter _meter;

    public DnsMetrics(IMeterFactory meters)
    {
        var meter = _meter = meters.Create(MeterName);
        _calls = meter.CreateCounter<long>(
            "sstp.operator.ddns.provider.calls", "{call}", "Calls to services that publish names, by kind, call and outcome");
        _publishes = meter.CreateCounter<long>("sstp.operator.ddns.publishes", "{publish}", "Changes that a service took");
        _drifts = meter.CreateCounter<long>(
            "sstp.operator.ddns.drifts", "{drift}", "Authoritative servers found with another answer than published");
        _disagreements = meter.CreateCounter<long>(
            "sstp.operator.ddns.source.disagreements", "{round}", "Rounds in which sources did not agree on an address");
        _switches = meter.CreateCounter<long>(
            "sstp.operator.ddns.failover.switches", "{switch}", "Changes of the targets that a name leads to");
        _reports = meter.CreateCounter<long>("sstp.operator.ddns.push.reports", "{report}", "Reports at /nic/update, by answer");
        _outsideLooks = meter.CreateCounter<long>(
            "sstp.operator.ddns.reachability.looks", "{look}",
            "Looks from outside at published addresses, by outcome: reached, missed, silent");
        _looks = meter.CreateCounter<long>(
            "sstp.operator.ddns.provider.looks", "{look}",
            "Looks at the host of a service that is out, by what was seen; these are no calls");
        _waits = meter.CreateCounter<long>(
            "sstp.operator.ddns.waits", "{wait}",
            "Waits of records that have something to publish, by reason, counted when they begin");
    }

    public void Called(string provider, string call, FailureClass? failure) =>
        _calls.Add(1, new("provider", provider), new("call", call), new("outcome", failure?.ToString() ?? "Ok"));

    /// <summary>Observes accounts.</summary>
    /// <param name="areOut">Accounts whose service is out.</param>
    /// <param name="waiting">Records that wait for their account's budget.</param>
    public void Watch(Func<int> areOut, Func<int> waiting)
    {
        _meter.CreateObservableGauge(
            "sstp.operator.ddns.accounts.out", areOut, "{account}", "Accounts whose service does not work");
        _meter.CreateObservableGauge(
            "sstp.operator.ddns.accounts.waiting", waiting, "{record}", "Records that wait for their account's budget of calls");
    }

    public void Looked(Accounts.Liveness seen) => _looks.Add(1, new KeyValuePair<string, object?>("seen", seen.ToString()));

    public void Waits(string reason) => _waits.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Published(string provider) => _publishes.Add(1, new KeyValuePair<string, object?>("provider", provider));

    public void Drifted(int servers) => _drifts.Add(servers);

    public void SourcesDisagreed() => _disagreements.Add(1);

    public void Switched() => _switches.Add(1);

    /// <param name="isReached">Null: the point could not be asked.</param>
    public void LookedFromOutside(bool? isReached) =>
        _outsideLooks.Add(1, new KeyValuePair<string, object?>(
            "outcome", isReached switch { true => "reached", false => "missed", null => "silent" }));

    public void Reported(string answer) => _reports.Add(1, new KeyValuePair<string, object?>("answer", answer));
}
