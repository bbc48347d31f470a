namespace Operator.Gateways.Planning;

/// <summary>What the operator was started with that all gateways share.</summary>
public sealed record GatewaySettings
{
    /// <summary>Image of gateways whose spec names none.</summary>
    public required string Image { get; init; }

    /// <summary>Environment variables beside the gateway's own.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
