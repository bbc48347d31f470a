namespace GatewayConfig.Decoy;

/// <summary>What a visitor who does not speak SSTP gets. Follows a reload.</summary>
public sealed record DecoyConfig
{
    public DecoyKind Kind { get; init; } = DecoyKind.NotFound;

    /// <summary>The Server header of answers made here; empty sends none. Default "nginx".
    /// At most 64 printable characters.</summary>
    public string ServerHeader { get; init; } = "nginx";

    /// <summary>For <see cref="DecoyKind.Static"/>: the folder to serve.</summary>
    public string? Root { get; init; }

    /// <summary>For <see cref="DecoyKind.Proxy"/>: an http:// or https:// address without a path.</summary>
    public string? Backend { get; init; }
}
