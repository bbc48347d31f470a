using SstpClient.Probe.Reports;

namespace KubectlSstp.Doctor.Facts;

/// <summary>What one address answers, from here.</summary>
internal sealed record AddressFacts(string Address, ProbeReport Report);
