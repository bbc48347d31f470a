using CloudEdge.Programs;

namespace CloudEdge.Providers.Hetzner;

public sealed record PrimaryIpArguments
{
    public required AddressType Type { get; init; }

    public string? Name { get; init; }

    public string? Location { get; init; }

    public string? AssigneeType { get; init; }

    /// <summary>Whether it goes with the server it belongs to.</summary>
    public bool? AutoDelete { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}

/// <summary>An address that outlives its server.</summary>
public sealed class PrimaryIp(string key, PrimaryIpArguments arguments)
    : Resource(key, "hcloud:index/primaryIp:PrimaryIp", arguments)
{
    public Output<string> Id => Property<string>("id");

    public Output<string> IpAddress => Property<string>("ipAddress");

    public Output<string> IpNetwork => Property<string>("ipNetwork");
}
