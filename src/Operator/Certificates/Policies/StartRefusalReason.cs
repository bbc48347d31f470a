namespace Operator.Certificates.Policies;

/// <summary>Reasons of a condition; PascalCase as they are.</summary>
internal enum StartRefusalReason
{
    WaitingForChange,
    RateLimitedByCA,
    BackingOff,
    DuplicateLimit,
    AccountBusy,
    OrderRateLimit,
}
