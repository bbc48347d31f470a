using KubeApi.Client;
using KubeApi.Leases;
using KubeApi.Tests.Server;
using Microsoft.Extensions.Logging.Abstractions;
using TestSupport.Time;

namespace KubeApi.Tests.Leases;

/// <summary>One replica that stands for election, with a clock of its own.</summary>
public sealed class Candidate : IAsyncDisposable
{
    private readonly KubeClient _client;
    private readonly LeaderElector _elector;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task<bool> _running;

    public Candidate(LeaseServer server, string identity, TimeProvider time, Action<int> acting)
    {
        _client = Clients.To(server.Server, time);
        _elector = new LeaderElector(
            _client, new LeaderElectionOptions { Lease = new("ns", "operator"), Identity = identity },
            time, NullLogger<LeaderElector>.Instance);
        _running = _elector.RunAsync(async leading =>
        {
            acting(+1);
            IsActing = true;
            try
            {
                await Task.Delay(Timeout.Infinite, leading);
            }
            finally
            {
                IsActing = false;
                acting(-1);
            }
        }, _stopping.Token);
    }

    public bool IsActing { get; private set; }

    public bool HasEnded => _running.IsCompleted;

    /// <summary>What it won or lost has come to its work.</summary>
    public bool IsSettled => HasEnded || _elector.IsLeading == IsActing;

    /// <summary>Asks it to stop.</summary>
    /// <returns>False when it had lost the lease.</returns>
    public async Task<bool> StopAsync()
    {
        await _stopping.CancelAsync();
        return await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _client.Dispose();
        _stopping.Dispose();
    }

    /// <summary>A clock that is wrong about the day and right about how time passes.</summary>
    public sealed class SkewedTime(ManualTime true_, TimeSpan skew) : TimeProvider
    {
        public override long TimestampFrequency => true_.TimestampFrequency;

        public override long GetTimestamp() => true_.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => true_.GetUtcNow() + skew;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            true_.CreateTimer(callback, state, dueTime, period);
    }
}
