namespace Operator.Gateways.Planning;

/// <summary>Names an object that a gateway owns.</summary>
/// <param name="Kind">Such as "PodDisruptionBudget".</param>
public sealed record OwnedObject(string ApiVersion, string Kind, string Name);
