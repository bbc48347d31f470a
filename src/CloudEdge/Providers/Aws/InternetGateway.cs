using CloudEdge.Programs;

namespace CloudEdge.Providers.Aws;

public sealed record InternetGatewayArguments
{
    public required Input<string> VpcId { get; init; }
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

/// <summary>The network's way out.</summary>
public sealed class InternetGateway(string key, InternetGatewayArguments arguments)
    : Resource(key, "aws:ec2/internetGateway:InternetGateway", arguments)
{
    public Output<string> Id => Property<string>("id");
}
