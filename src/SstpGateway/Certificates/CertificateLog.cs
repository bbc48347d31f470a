using Microsoft.Extensions.Logging;

namespace SstpGateway.Certificates;

/// <summary>Events 1100 to 1199.</summary>
internal static partial class CertificateLog
{
    [LoggerMessage(1100, LogLevel.Information,
        "Certificate {CertificateFile} is in use: for {Names}, {KeyAlgorithm}, valid until {NotAfter:u}, SHA-256 {Sha256}")]
    public static partial void Accepted(
        ILogger logger, string certificateFile, string names, string keyAlgorithm, DateTimeOffset notAfter, string sha256);

    [LoggerMessage(1101, LogLevel.Error,
        "Certificate {CertificateFile} is refused: {Problem}. The one read before stays in use until {NotAfter:u}")]
    public static partial void RefusedOldKept(ILogger logger, string certificateFile, string problem, DateTimeOffset notAfter);

    [LoggerMessage(1102, LogLevel.Error,
        "Certificate {CertificateFile} is refused: {Problem}. There is no earlier one to go on with")]
    public static partial void RefusedNoneKept(ILogger logger, string certificateFile, string problem);

    [LoggerMessage(1103, LogLevel.Warning,
        "No certificate can be served: visitors get a self-signed placeholder and SSTP calls are refused until there is one")]
    public static partial void Placeholder(ILogger logger);

    [LoggerMessage(1104, LogLevel.Warning, "Certificate {CertificateFile} expires at {NotAfter:u} and has not been replaced yet")]
    public static partial void ExpiresSoon(ILogger logger, string certificateFile, DateTimeOffset notAfter);

    [LoggerMessage(1105, LogLevel.Error, "Certificate {CertificateFile} expired at {NotAfter:u}; clients refuse it")]
    public static partial void Expired(ILogger logger, string certificateFile, DateTimeOffset notAfter);

    [LoggerMessage(1106, LogLevel.Information,
        "Certificate {CertificateFile} does not exist yet; it is taken into use as soon as it and its key are there")]
    public static partial void Awaited(ILogger logger, string certificateFile);
}
