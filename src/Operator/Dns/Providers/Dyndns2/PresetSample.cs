namespace Operator.Dns.Providers.Dyndns2;

/// <summary>One answer of a service and the class it must land in.</summary>
/// <param name="Means">Applied, Unchanged, or a <see cref="FailureClass"/> by name.</param>
public sealed record PresetSample(int Status, string Body, string Means);
