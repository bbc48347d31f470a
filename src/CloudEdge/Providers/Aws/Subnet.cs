using CloudEdge.Programs;

namespace CloudEdge.Providers.Aws;

public sealed record SubnetArguments
{
    public required Input<string> VpcId { get; init; }
    public required string CidrBlock { get; init; }
    public string? AvailabilityZone { get; init; }
    public Input<string>? Ipv6CidrBlock { get; init; }
    public bool? AssignIpv6AddressOnCreation { get; init; }
    public bool? MapPublicIpOnLaunch { get; init; }
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

/// <summary>A part of a network in one zone.</summary>
public sealed class Subnet(string key, SubnetArguments arguments) : Resource(key, "aws:ec2/subnet:Subnet", arguments)
{
    public Output<string> Id => Property<string>("id");
}
