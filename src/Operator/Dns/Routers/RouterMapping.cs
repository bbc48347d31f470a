namespace Operator.Dns.Routers;

/// <param name="ExternalPort">The port that the router gave, which may be another than the one asked for.</param>
/// <param name="Lifetime">How long it forwards unless asked again.</param>
public sealed record RouterMapping(int ExternalPort, TimeSpan Lifetime);
