namespace SstpClient.Probe.Reports;

/// <param name="Answer">"ack", "nak", "abort", or "other".</param>
/// <param name="Hashes">What the server takes for the crypto binding: "sha256", "sha1"; empty unless it acknowledged.</param>
/// <param name="Status">MS-SSTP 2.2.8: the reason that a refusal names; null when it names none.</param>
public sealed record SstpFindings(string Answer, IReadOnlyList<string> Hashes, string? Status);
