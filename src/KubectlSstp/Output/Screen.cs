using System.Globalization;
using Spectre.Console;

namespace KubectlSstp.Output;

/// <summary>How the terminal is to be taken, where the environment says otherwise than the terminal itself.
/// NO_COLOR (no-color.org) is Spectre.Console's own.</summary>
internal static class Screen
{
    private const int Narrowest = 20;
    private const int Widest = 1000;

    public static void Adapt()
    {
        if (int.TryParse(
            Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns)
            && columns is >= Narrowest and <= Widest)
            AnsiConsole.Profile.Width = columns;
    }
}
