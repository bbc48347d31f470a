using System.Net;

namespace Operator.Dns.Routers;

/// <summary>A TCP port to forward. A lifetime of zero takes it back.</summary>
/// <param name="Owner">Whose it is: something that nobody can guess and a restart does not change, such as an object's UID.
/// Null: this process.</param>
/// <param name="InternalHost">The host to forward to. Null: the one that asks.</param>
public sealed record MappingRequest(
    int InternalPort, int ExternalPort, TimeSpan Lifetime, string? Owner = null, IPAddress? InternalHost = null)
{
    public bool IsRemoval => Lifetime == TimeSpan.Zero;
}
