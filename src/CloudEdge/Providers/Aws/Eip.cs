using CloudEdge.Programs;

namespace CloudEdge.Providers.Aws;

public sealed record EipArguments
{
    public required EipDomain Domain { get; init; }
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

/// <summary>An address that outlives its machine.</summary>
public sealed class Eip(string key, EipArguments arguments) : Resource(key, "aws:ec2/eip:Eip", arguments)
{
    public Output<string> Id => Property<string>("id");

    public Output<string> PublicIp => Property<string>("publicIp");

    public Output<string> AllocationId => Property<string>("allocationId");
}
