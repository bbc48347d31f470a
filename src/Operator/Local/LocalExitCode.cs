namespace Operator.Local;

/// <summary>What the process says to whoever started it; numbers as in sysexits.h, which systemd names in its status.</summary>
internal static class LocalExitCode
{
    public const int Success = 0;

    /// <summary>EX_OSERR: the host refuses something.</summary>
    public const int Host = 71;

    /// <summary>EX_CONFIG: a file has mistakes.</summary>
    public const int Configuration = 78;
}
