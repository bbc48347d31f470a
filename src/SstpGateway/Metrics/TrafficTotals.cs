namespace SstpGateway.Metrics;

/// <summary>Tunnelled IP traffic of all calls since the start, those that have ended included.
/// Bytes are those of IP packets.</summary>
/// <param name="FromClients">Packets and bytes that left a call towards the inside network.</param>
/// <param name="ToClients">Packets and bytes that were sent into a call.</param>
/// <param name="Drops">Packets dropped, by reason; a reason that is missing counts as none.</param>
public readonly record struct TrafficTotals(
    TrafficCount FromClients, TrafficCount ToClients, IReadOnlyDictionary<PacketDrop, long> Drops);
