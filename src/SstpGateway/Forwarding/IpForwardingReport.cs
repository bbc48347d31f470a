namespace SstpGateway.Forwarding;

/// <param name="Changed">Settings that were changed, as "name=value".</param>
/// <param name="Problems">What keeps packets from being forwarded, each with what to do about it; empty when all is well.</param>
public sealed record IpForwardingReport(IReadOnlyList<string> Changed, IReadOnlyList<string> Problems);
