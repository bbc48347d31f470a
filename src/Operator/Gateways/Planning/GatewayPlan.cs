using System.Text.Json.Nodes;
using GatewayConfig.Channel;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning;

/// <summary>What is to be done about one VpnGateway.</summary>
public sealed record GatewayPlan
{
    /// <summary>To be applied (server-side) in this order, each complete as far as this operator is concerned. While the spec is
    /// not accepted they are those of the spec before. Empty while the gateway is paused:
    /// then what runs stays as it is.</summary>
    public IReadOnlyList<JsonObject> Objects { get; init; } = [];

    /// <summary>Owned objects that are no longer wanted, to be deleted after the others are applied.</summary>
    public IReadOnlyList<OwnedObject> Superfluous { get; init; } = [];

    /// <summary>What every gateway is to run; null when that is not known.</summary>
    public ConfigurationBundle? Bundle { get; init; }

    /// <summary>Pods whose gateway answers and runs something else than <see cref="Bundle"/>.</summary>
    public IReadOnlyList<string> Behind { get; init; } = [];

    /// <summary>To be written when it differs from what is there.</summary>
    public required VpnGatewayStatus Status { get; init; }

    /// <summary>For people: what has changed since the last status.</summary>
    public IReadOnlyList<PlannedEvent> Events { get; init; } = [];

    /// <summary>True when the gateway is being deleted and nothing is left to clean up: <see cref="GatewayNames.Finalizer"/>
    /// may go.</summary>
    public bool ReleaseFinalizer { get; init; }

    /// <summary>When to look again although nothing happened; null when nothing is expected.</summary>
    public TimeSpan? LookAgainAfter { get; init; }
}
