namespace GatewayConfig.Channel;

/// <param name="Draining">Whether the gateway is on its way down.</param>
/// <param name="Sessions">Calls that are still up.</param>
public sealed record DrainReport(bool Draining, int Sessions);
