using CloudEdge.Programs;

namespace CloudEdge.Providers.Aws;

public sealed record KeyPairArguments
{
    public required string PublicKey { get; init; }
    public string? KeyNamePrefix { get; init; }
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

/// <summary>Who may log in.</summary>
public sealed class KeyPair(string key, KeyPairArguments arguments) : Resource(key, "aws:ec2/keyPair:KeyPair", arguments)
{
    public Output<string> KeyName => Property<string>("keyName");
}
