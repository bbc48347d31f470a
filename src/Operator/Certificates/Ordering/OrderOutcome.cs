using Operator.Certificates.Acme.Transport;

namespace Operator.Certificates.Ordering;

/// <summary>How an order ended.</summary>
/// <param name="Failure">In words for the user; null when the certificate is in its Secret.</param>
/// <param name="Class">What would have to change; null with no failure, and after one that is nobody's fault.</param>
/// <param name="RetryAt">Not before this, as the CA asked for.</param>
internal sealed record OrderOutcome(
    DateTimeOffset Time, string? Failure = null, AcmeErrorClass? Class = null, DateTimeOffset? RetryAt = null);
