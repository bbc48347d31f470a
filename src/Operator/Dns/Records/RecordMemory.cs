using Operator.Dns.Accounts;
using Operator.Dns.Failover;
using Operator.Dns.Publishing;
using Operator.Dns.Reachability;
using Operator.Dns.Sources;
using Operator.Dns.Verifying;

namespace Operator.Dns.Records;

/// <summary>What is known of one record beside its status: nothing here is missed after a restart.</summary>
public sealed class RecordMemory : IAsyncDisposable
{
    /// <summary>
    /// How long the mark need not be read again after it was written, or after all servers had just what was published. Who takes
    /// a name over changes its addresses, which the next round of verification sees,
    /// and then the mark is read before anything else.
    /// </summary>
    public static readonly TimeSpan OwnershipTrust = TimeSpan.FromMinutes(10);

    /// <summary>Of the specification that the rest is about.</summary>
    public long Generation { get; set; } = -1;

    /// <summary>Kept between readings where it has something to remember; null to make it anew.</summary>
    public IAddressSource? Source { get; set; }

    public SourceReading? Reading { get; set; }

    public DateTimeOffset NextReading { get; set; }

    public TargetMonitor? Monitor { get; set; }

    /// <summary>What others see of it.</summary>
    public OutsideWatch Outside { get; } = new();

    /// <summary>What a pass found that ended before it said so, because it waits for others; null when all was said.</summary>
    public PublishState? Unwritten { get; set; }

    public VerificationRound? Round { get; set; }

    public VerificationVerdict? Verdict { get; set; }

    public DateTimeOffset NextRound { get; set; }

    public RepairBudget Repairs { get; set; } = RepairBudget.Full;

    /// <summary>Until then the name is taken to be
    /// ours without reading the mark again; see <see cref="OwnershipTrust"/>.</summary>
    public DateTimeOffset OursUntil { get; set; }

    /// <summary>Why the name could not be taken; null when it is ours or not tried yet.</summary>
    public (string Reason, string Message)? Refusal { get; set; }

    /// <summary>Whose the name is is not looked up again before.</summary>
    public DateTimeOffset RefusedUntil { get; set; }

    /// <summary>Where the record may be waiting.</summary>
    public ServiceAccount? Account { get; set; }

    /// <summary>Why the last pass waited; null when it did not.</summary>
    public string? WaitReason { get; set; }

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
