namespace CloudEdge.Machines;

/// <summary>One machine of an edge, before it exists.</summary>
/// <param name="Name">Such as <c>server-1</c>; also the node's name in the cluster.</param>
/// <param name="Role">What it runs.</param>
/// <param name="PrivateAddress">Fixed, so that others can be told it before the machine exists.</param>
/// <param name="CarriesGateway">Whether the gateways' node selector finds it.</param>
/// <param name="Index">From 0, over all machines.</param>
public sealed record Machine(string Name, MachineRole Role, string PrivateAddress, bool CarriesGateway, int Index);
