using CloudEdge.Programs;

namespace CloudEdge.Providers.Aws;

public sealed record VpcArguments
{
    public required string CidrBlock { get; init; }
    public bool? AssignGeneratedIpv6CidrBlock { get; init; }
    public bool? EnableDnsHostnames { get; init; }
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

/// <summary>A private network.</summary>
public sealed class Vpc(string key, VpcArguments arguments) : Resource(key, "aws:ec2/vpc:Vpc", arguments)
{
    public Output<string> Id => Property<string>("id");

    public Output<string> Ipv6CidrBlock => Property<string>("ipv6CidrBlock");
}
