namespace SstpClient.Probe.Reports;

/// <param name="Method">How the user was authenticated, such as "EAP-MSCHAPv2".</param>
/// <param name="Addresses">What the tunnel gave.</param>
/// <param name="DnsServers">What the tunnel gave for names; may be empty.</param>
public sealed record LoginFindings(string Method, IReadOnlyList<string> Addresses, IReadOnlyList<string> DnsServers);
