using CloudEdge.Programs;

namespace CloudEdge.Providers.Cloudflare;

public sealed record ApiTokenArguments
{
    public required string Name { get; init; }
    public required IReadOnlyList<TokenPolicy> Policies { get; init; }
}

/// <summary>A token with just the rights it needs.</summary>
public sealed class ApiToken(string key, ApiTokenArguments arguments)
    : Resource(key, "cloudflare:index/apiToken:ApiToken", arguments)
{
    public Output<string> Id => Property<string>("id");

    public Output<string> Value => Property<string>("value");
}
