namespace Operator.Hosting;

/// <summary>What the process says to whoever started it; numbers as in sysexits.h.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>EX_USAGE: the command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>EX_UNAVAILABLE: another replica leads now; start again.</summary>
    public const int Unavailable = 69;

    /// <summary>EX_OSERR: the host refuses something, such as the port.</summary>
    public const int Host = 71;

    /// <summary>EX_CONFIG: no usable way to reach the cluster.</summary>
    public const int Configuration = 78;
}
