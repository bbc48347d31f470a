using System.Diagnostics;

namespace TestSupport.Waiting;

/// <summary>Waits for something another process does. The deadline bounds a failure;
/// it is never the time a success takes.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks again and again until there is an answer.</summary>
    /// <param name="what">Completes the sentence "Waited 10 s for ..." of a failure.</param>
    /// <param name="ask">Null means "not yet".</param>
    public static async Task<T> GetAsync<T>(string what, TimeSpan deadline, Func<Task<T?>> ask)
        where T : class
    {
        var elapsed = Stopwatch.StartNew();
        while (true)
        {
            if (await ask() is { } answer) return answer;
            if (elapsed.Elapsed > deadline) throw new TimeoutException($"Waited {deadline.TotalSeconds:0.#} s for {what}.");

            await Task.Delay(Interval);
        }
    }

    public static Task TrueAsync(string what, TimeSpan deadline, Func<Task<bool>> ask) =>
        GetAsync(what, deadline, async () => await ask() ? Yes : null);

    private static readonly object Yes = new();
}
