namespace SstpGateway.Commands;

/// <summary>What the process says to whoever started it; numbers as in sysexits.h, which systemd names in its status.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>EX_OSERR: the host refuses something the gateway needs.</summary>
    public const int Host = 71;

    /// <summary>EX_CONFIG: the configuration, or a file it names, has mistakes.</summary>
    public const int Configuration = 78;
}
