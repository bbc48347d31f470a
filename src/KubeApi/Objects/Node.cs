namespace KubeApi.Objects;

/// <summary>A core/v1 Node: its addresses.</summary>
public sealed record Node(NodeStatus? Status);

public sealed record NodeStatus(IReadOnlyList<NodeAddress>? Addresses);

/// <param name="Type">InternalIP, ExternalIP, Hostname, InternalDNS or ExternalDNS.</param>
public sealed record NodeAddress(string Type, string Address);
