namespace KubectlSstp.Cluster;

/// <summary>What was asked for cannot be done; the message says why, and what to do instead.</summary>
internal sealed class RefusedException(string message) : Exception(message);
