namespace KubeApi.Leases;

/// <summary>coordination.k8s.io/v1 Lease.</summary>
public sealed record Lease(LeaseSpec? Spec);

/// <param name="HolderIdentity">Empty or null when nobody holds it.</param>
/// <param name="RenewTime">Of the holder's clock, which may be wrong: only that it changes means something to others.</param>
/// <param name="LeaseTransitions">How often the holder changed.</param>
public sealed record LeaseSpec(
    string? HolderIdentity, int? LeaseDurationSeconds, DateTimeOffset? AcquireTime,
    DateTimeOffset? RenewTime, int? LeaseTransitions);
