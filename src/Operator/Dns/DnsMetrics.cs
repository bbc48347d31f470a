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

    public DnsMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _calls = meter.CreateCounter<long>("sstp.operator.ddns.provider.calls", "{call}", "Calls to services that publish names, by kind, call and outcome");
        _publishes = meter.CreateCounter<long>("sstp.operator.ddns.publishes", "{publish}", "Changes that a service took");
        _drifts = meter.CreateCounter<long>("sstp.operator.ddns.drifts", "{drift}", "Authoritative servers found with another answer than published");
        _disagreements = meter.CreateCounter<long>("sstp.operator.ddns.source.disagreements", "{round}", "Rounds in which sources did not agree on an address");
        _switches = meter.CreateCounter<long>("sstp.operator.ddns.failover.switches", "{switch}", "Changes of the targets that a name leads to");
        _reports = meter.CreateCounter<long>("sstp.operator.ddns.push.reports", "{report}", "Reports at /nic/update, by answer");
        _outsideLooks = meter.CreateCounter<long>("sstp.operator.ddns.reachability.looks", "{look}", "Looks from outside at published addresses, by outcome: reached, missed, silent");
    }

    public void Called(string provider, string call, FailureClass? failure) =>
        _calls.Add(1, new("provider", provider), new("call", call), new("outcome", failure?.ToString() ?? "Ok"));

    public void Published(string provider) => _publishes.Add(1, new KeyValuePair<string, object?>("provider", provider));

    public void Drifted(int servers) => _drifts.Add(servers);

    public void SourcesDisagreed() => _disagreements.Add(1);

    public void Switched() => _switches.Add(1);

    /// <param name="isReached">Null: the point could not be asked.</param>
    public void LookedFromOutside(bool? isReached) =>
        _outsideLooks.Add(1, new KeyValuePair<string, object?>("outcome", isReached switch { true => "reached", false => "missed", null => "silent" }));

    public void Reported(string answer) => _reports.Add(1, new KeyValuePair<string, object?>("answer", answer));
}
