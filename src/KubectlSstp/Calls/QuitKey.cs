namespace KubectlSstp.Calls;

/// <summary>Lets time pass on a live screen, until somebody presses q.</summary>
internal static class QuitKey
{
    /// <summary>How soon a key is noticed; shorter than what a hand feels as waiting.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    /// <returns>Whether q was pressed; always false where no keyboard is.</returns>
    public static async Task<bool> PressedWithinAsync(TimeSpan time, CancellationToken stopping)
    {
        for (var began = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(began) < time; await Task.Delay(
            Glance, stopping))
            while (!Console.IsInputRedirected && Console.KeyAvailable)
                if (char.ToLowerInvariant(Console.ReadKey(intercept: true).KeyChar) == 'q') return true;
        return false;
    }
}
