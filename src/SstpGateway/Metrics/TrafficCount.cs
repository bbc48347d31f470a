namespace SstpGateway.Metrics;

public readonly record struct TrafficCount(long Packets, long Bytes);
