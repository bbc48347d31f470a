using CloudEdge.Programs;

namespace CloudEdge.Providers.Randomness;

public sealed record RandomPasswordArguments
{
    /// <summary>In characters.</summary>
    public required int Length { get; init; }

    /// <summary>Whether signs beside letters and digits occur.</summary>
    public bool? Special { get; init; }
}

/// <summary>A secret that Pulumi makes once and keeps encrypted in the stack's state.</summary>
public sealed class RandomPassword(string key, RandomPasswordArguments arguments)
    : Resource(key, "random:index/randomPassword:RandomPassword", arguments)
{
    public Output<string> Result => Property<string>("result");
}
