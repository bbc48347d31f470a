using Microsoft.Extensions.Logging;

namespace KubeApi.Leases;

/// <summary>Event ids 6080 to 6099.</summary>
internal static partial class LeasesLog
{
    [LoggerMessage(6080, LogLevel.Information, "Leading, as {Identity}")]
    public static partial void Leading(ILogger logger, string identity);

    [LoggerMessage(6081, LogLevel.Information, "{Holder} leads; waiting")]
    public static partial void Following(ILogger logger, string holder);

    [LoggerMessage(6082, LogLevel.Warning, "The lease {Lease} cannot be taken or renewed: {Message}")]
    public static partial void Failed(ILogger logger, string lease, string message);

    [LoggerMessage(6083, LogLevel.Error, "No longer leading: {Reason}")]
    public static partial void Lost(ILogger logger, string reason);

    [LoggerMessage(6084, LogLevel.Information, "The lease {Lease} is released")]
    public static partial void Released(ILogger logger, string lease);
}
