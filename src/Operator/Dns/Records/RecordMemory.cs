using Operator.Dns.Failover;
using Operator.Dns.Reachability;
using Operator.Dns.Sources;
using Operator.Dns.Verifying;

namespace Operator.Dns.Records;

/// <summary>What is known of one record beside its status: nothing here is missed after a restart.</summary>
public sealed class RecordMemory : IAsyncDisposable
{
    /// <summary>Of the specification that the rest is about.</summary>
    public long Generation { get; set; } = -1;

    /// <summary>Kept between readings where it has something to remember; null to make it anew.</summary>
    public IAddressSource? Source { get; set; }

    public SourceReading? Reading { get; set; }

    public DateTimeOffset NextReading { get; set; }

    public TargetMonitor? Monitor { get; set; }

    /// <summary>What others see of it.</summary>
    public OutsideWatch Outside { get; } = new();

    public VerificationRound? Round { get; set; }

    public VerificationVerdict? Verdict { get; set; }

    public DateTimeOffset NextRound { get; set; }

    public RepairBudget Repairs { get; set; } = RepairBudget.Full;

    /// <summary>Why the name could not be taken; null when it is ours or not tried yet.</summary>
    public (string Reason, string Message)? Refusal { get; set; }

    /// <summary>Whose the name is is not looked up again before.</summary>
    public DateTimeOffset RefusedUntil { get; set; }

    /// <summary>The last thing that was told as an event, so that each is told once.</summary>
    public string? LastTold { get; set; }

    /// <summary>Ends what goes on by itself; for who cannot wait for the end.</summary>
    public async Task StopAsync()
    {
        await Outside.StopAsync();
        if (Monitor is { } monitor) await monitor.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Outside.DisposeAsync();
        if (Monitor is { } monitor) await monitor.DisposeAsync();
    }
}
