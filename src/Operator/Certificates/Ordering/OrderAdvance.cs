namespace Operator.Certificates.Ordering;

/// <summary>Where an order stands after as many steps as could be made.</summary>
/// <param name="View">What the CA said last; null when it was not asked.</param>
/// <param name="Wait">When to go on; null when the order has its outcome.</param>
/// <param name="WaitingFor">In words; null when the order has its outcome.</param>
internal sealed record OrderAdvance(StoredOrder Order, OrderView? View, TimeSpan? Wait, string? WaitingFor);
