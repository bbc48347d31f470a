namespace KubectlSstp;

/// <summary>What the process says to whoever started it.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The cluster, or what was asked of it, is not as it should be; standard error says how.</summary>
    public const int Failed = 1;

    /// <summary>The doctor found a problem.</summary>
    public const int Ill = 2;

    /// <summary>Ctrl-C, as shells count signals.</summary>
    public const int Interrupted = 130;
}
