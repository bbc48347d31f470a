using Operator.Certificates.Acme.Wire;

namespace Operator.Certificates.Ordering;

/// <summary>What the CA says of an order just now.</summary>
/// <param name="Authorizations">By address; all of the order's.</param>
/// <param name="RetryAt">When the CA wants to be asked again, the latest of what it said.</param>
internal sealed record OrderView(Order Order, IReadOnlyDictionary<Uri, Authorization> Authorizations, DateTimeOffset? RetryAt);
