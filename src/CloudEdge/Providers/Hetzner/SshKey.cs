using CloudEdge.Programs;

namespace CloudEdge.Providers.Hetzner;

public sealed record SshKeyArguments
{
    public required string PublicKey { get; init; }
    public string? Name { get; init; }
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}

/// <summary>Who may log in as root.</summary>
public sealed class SshKey(string key, SshKeyArguments arguments) : Resource(key, "hcloud:index/sshKey:SshKey", arguments)
{
    public Output<string> Id => Property<string>("id");
}
