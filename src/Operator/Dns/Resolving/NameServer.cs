using System.Net;

namespace Operator.Dns.Resolving;

/// <summary>One address of one server.</summary>
/// <param name="Name">As users know it: the name in the NS record, or the address when it was configured.</param>
public sealed record NameServer(string Name, IPEndPoint EndPoint)
{
    public override string ToString() =>
        Name == EndPoint.Address.ToString() ? EndPoint.ToString() : $"{Name} ({EndPoint.Address})";
}
