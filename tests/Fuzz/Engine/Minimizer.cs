namespace Fuzz.Engine;

/// <summary>Cuts an input that breaks something down to what is needed for it.</summary>
public static class Minimizer
{
    private const int MaxTries = 20_000;

    /// <param name="breaks">Whether an input breaks in the same way.</param>
    public static byte[] Reduce(byte[] input, Func<byte[], bool> breaks)
    {
        var tries = 0;
        for (var chunk = Math.Max(1, input.Length / 2); chunk >= 1 && tries < MaxTries; chunk /= 2)
        {
            for (var at = 0; at + chunk <= input.Length && tries < MaxTries; tries++)
            {
                byte[] shorter = [.. input.AsSpan(0, at), .. input.AsSpan(at + chunk)];
                if (breaks(shorter)) input = shorter;
                else at += chunk;
            }
        }

        for (var at = 0; at < input.Length && tries < MaxTries; at++, tries++)
        {
            if (input[at] == 0) continue;
            byte[] plainer = [.. input];
            plainer[at] = 0;
            if (breaks(plainer)) input = plainer;
        }

        return input;
    }
}
