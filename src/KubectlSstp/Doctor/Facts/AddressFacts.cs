using SstpClient.Probe.Reports;

namespace KubectlSstp.Doctor.Facts;

/// <summary>What one address answers, from here.</summary>
/// <param name="OldTls">"TLS 1.0" or the like, when it speaks nothing newer; asked only when TLS came to nothing.</param>
internal sealed record AddressFacts(string Address, ProbeReport Report, string? OldTls = null);
