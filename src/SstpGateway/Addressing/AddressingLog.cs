using Microsoft.Extensions.Logging;

namespace SstpGateway.Addressing;

/// <summary>Event ids 2300 to 2399.</summary>
internal static partial class AddressingLog
{
    [LoggerMessage(2300, LogLevel.Warning,
        "Lease file {Path}: {Damaged} lines could not be read and are dropped, {Kept} leases are kept")]
    public static partial void DamagedLines(ILogger logger, string path, int damaged, int kept);

    [LoggerMessage(2301, LogLevel.Error,
        "Lease file {Path} cannot be used: {Problem}. Users may get other addresses after a restart; "
        + "make its folder, and let the gateway write there")]
    public static partial void FileFailed(ILogger logger, string path, string problem);
}
