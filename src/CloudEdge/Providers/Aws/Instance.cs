using CloudEdge.Programs;

namespace CloudEdge.Providers.Aws;

public sealed record InstanceArguments
{
    public required Input<string> Ami { get; init; }

    public required string InstanceType { get; init; }

    public Input<string>? SubnetId { get; init; }

    public string? PrivateIp { get; init; }

    public IReadOnlyList<Input<string>>? VpcSecurityGroupIds { get; init; }

    public Input<string>? KeyName { get; init; }

    /// <summary>False lets it forward packets that are not its own.</summary>
    public bool? SourceDestCheck { get; init; }

    public Input<string>? UserDataBase64 { get; init; }

    /// <summary>The cloud-init document.</summary>
    public Input<string>? UserData { get; init; }

    public bool? UserDataReplaceOnChange { get; init; }

    public MetadataOptions? MetadataOptions { get; init; }

    public RootBlockDevice? RootBlockDevice { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

/// <summary>A machine.</summary>
public sealed class Instance(string key, InstanceArguments arguments) : Resource(key, "aws:ec2/instance:Instance", arguments)
{
    public Output<string> Id => Property<string>("id");

    public Output<string> PrivateIp => Property<string>("privateIp");

    public Output<string> PublicIp => Property<string>("publicIp");
}
