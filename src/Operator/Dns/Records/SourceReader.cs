using KubeApi.Events;
using Operator.Dns.Publishing;
using Operator.Dns.Sources;
using Operator.Reconciling;

namespace Operator.Dns.Records;

/// <summary>The part of a pass that asks the source for the addresses, when it is due.</summary>
public sealed class SourceReader(SourceOpener sources, RecordNews news, DnsMetrics metrics, TimeProvider time)
{
    /// <param name="published">What stands at the name.</param>
    public async Task<(PublishRules Rules, RecordFindings Findings)> ReadAsync(
        RecordPass pass, PublishRules rules, RecordFindings findings, IReadOnlyList<string> published, CancellationToken stopping)
    {
        var (spec, memory) = (pass.Spec, pass.Memory);
        var source = spec.Source ?? throw new TerminalException(
            "NoSource", "Give spec.source or spec.failover: without one there is nothing to publish.");
        var now = time.GetUtcNow();
        var state = findings.State;

        // Those that ask somebody have something to remember; the others are made of what stands in the cluster at this moment.
        var opened = memory.Source ?? sources.Open(
            pass.Namespace, spec, source, pass.Metadata.Annotations, () => AddressSet.Parse(published), pass.Metadata.Uid);
        if (!opened.IsAuthoritative) memory.Source = opened;
        rules = rules with { IsAuthoritative = opened.IsAuthoritative };
        if (opened.IsAuthoritative || pass.IsRequested || memory.NextReading <= now)
        {
            memory.Reading = await opened.ReadAsync(stopping);
            if (memory.Reading is SourceReading.Found found)
                state = state.See(Ipv6Suffix.Apply(found.Addresses, source.Ipv6Suffix), now, rules);
            if (memory.Reading is SourceReading.Unsure { Reason: "SourcesDisagree" } unsure)
            {
                metrics.SourcesDisagreed();
                news.TellOnce(pass, EventType.Warning, unsure.Reason, "ReadSource", unsure.Message);
            }

            // A fifth of spread, so that many records do not ask at one time.
            var wait = state.Pending is null
                ? source.Interval.Value * (0.8 + 0.4 * Random.Shared.NextDouble())
                : spec.Policy.Hysteresis.ConfirmAfter;
            memory.NextReading = now + wait;
        }

        return (rules, findings with { State = state, Reading = memory.Reading });
    }
}
