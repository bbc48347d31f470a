using SstpTransport.Pumping;

namespace SstpClient.Calls;

/// <summary>Lets time pass for calls: one timer for all of them.</summary>
internal static class CallHeartbeat
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <param name="calls">Looked at anew each beat; must not change while it is enumerated.</param>
    /// <param name="clock">The calls' own.</param>
    /// <param name="over">Ends it.</param>
    public static async Task RunAsync(IEnumerable<Call> calls, MonotonicClock clock, CancellationToken over)
    {
        using var timer = new PeriodicTimer(Interval, clock.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(over).ConfigureAwait(false))
            {
                var now = clock.Now;
                foreach (var call in calls) call.Tick(now);
            }
        }
        catch (OperationCanceledException)
        {
            // The calls are over.
        }
    }
}
