using System.Text.Json.Nodes;

namespace LocalControlPlane.Workloads.Probes;

/// <summary>The three probes of one run of a container. Immutable.</summary>
internal sealed record ContainerHealth(ProbeTracker? Startup, ProbeTracker? Liveness, ProbeTracker? Readiness)
{
    /// <param name="isAdopted">It ran before this runner: what was known of it holds until a probe says otherwise.</param>
    public static ContainerHealth Begin(
        JsonObject container, DateTimeOffset startedAt, bool isAdopted, bool wasStarted, bool wasReady) =>
        new(
            Tracker(container, "startupProbe", startedAt, isAdopted && wasStarted ? true : null),
            Tracker(container, "livenessProbe", startedAt, null),
            Tracker(container, "readinessProbe", startedAt, isAdopted && wasReady ? true : null));

    /// <summary>Its start is over.</summary>
    public bool IsStarted => Startup is null || Startup.HasSucceeded == true;

    public bool IsReady => IsStarted && (Readiness is null || Readiness.HasSucceeded == true);

    public HealthVerdict Verdict =>
        Startup?.HasSucceeded == false || (IsStarted && Liveness?.HasSucceeded == false)
            ? HealthVerdict.Failed
            : HealthVerdict.Good;

    /// <summary>Probes to be asked now.</summary>
    public IEnumerable<ProbeKind> Due(DateTimeOffset now)
    {
        if (!IsStarted)
        {
            if (Startup!.Due <= now && Startup.HasSucceeded is null) yield return ProbeKind.Startup;
            yield break;
        }

        if (Liveness?.Due <= now) yield return ProbeKind.Liveness;
        if (Readiness?.Due <= now) yield return ProbeKind.Readiness;
    }

    public DateTimeOffset? NextDue => IsStarted ? new[] { Liveness?.Due, Readiness?.Due }.Min() : Startup!.Due;

    public ContainerHealth Answered(ProbeKind kind, bool isGood, DateTimeOffset now) => kind switch
    {
        ProbeKind.Startup => this with { Startup = Startup!.Answered(isGood, now) },
        ProbeKind.Liveness => this with { Liveness = Liveness!.Answered(isGood, now) },
        _ => this with { Readiness = Readiness!.Answered(isGood, now) },
    };

    public static string Field(ProbeKind kind) => kind switch
    {
        ProbeKind.Startup => "startupProbe",
        ProbeKind.Liveness => "livenessProbe",
        _ => "readinessProbe",
    };

    private static ProbeTracker? Tracker(JsonObject container, string field, DateTimeOffset startedAt, bool? known) =>
        container[field] is { } probe ? ProbeTracker.Begin(ProbeSettings.Read(probe), startedAt, known) : null;
}
