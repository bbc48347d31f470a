namespace GatewayConfig.Channel;

/// <summary>A certificate file that is not served as it is now. The one before it is, where there was one.</summary>
/// <param name="File">Path of the certificate file.</param>
/// <param name="Problem">What is wrong and what to do, for a person.</param>
public sealed record RefusedCertificate(string File, string Problem);
