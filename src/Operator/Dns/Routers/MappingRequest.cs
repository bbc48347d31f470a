namespace Operator.Dns.Routers;

/// <summary>A TCP port to forward. A lifetime of zero takes it back.</summary>
public sealed record MappingRequest(int InternalPort, int ExternalPort, TimeSpan Lifetime)
{
    public bool IsRemoval => Lifetime == TimeSpan.Zero;
}
