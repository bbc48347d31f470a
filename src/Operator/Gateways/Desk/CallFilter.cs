namespace Operator.Gateways.Desk;

/// <summary>Narrows down which calls are meant; null leaves a side open.</summary>
/// <param name="User">The name that logged in, whatever the case of its letters.</param>
/// <param name="Gateway">The pod.</param>
public sealed record CallFilter(string? User = null, string? Gateway = null);
