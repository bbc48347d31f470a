using CloudEdge.Programs;

namespace CloudEdge.Providers.Hetzner;

public sealed record ServerArguments
{
    public required string ServerType { get; init; }

    public string? Name { get; init; }

    public string? Image { get; init; }

    public string? Location { get; init; }

    public IReadOnlyList<Input<string>>? SshKeys { get; init; }

    public Input<long>? PlacementGroupId { get; init; }

    public IReadOnlyList<ServerPublicNet>? PublicNets { get; init; }

    public IReadOnlyList<ServerNetwork>? Networks { get; init; }

    /// <summary>The cloud-init document.</summary>
    public Input<string>? UserData { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}

/// <summary>A machine.</summary>
public sealed class Server(string key, ServerArguments arguments) : Resource(key, "hcloud:index/server:Server", arguments)
{
    public Output<string> Id => Property<string>("id");

    public Output<string> Ipv4Address => Property<string>("ipv4Address");

    public Output<string> Ipv6Address => Property<string>("ipv6Address");
}
