using System.Net;

namespace Operator.Dns.Routers;

/// <summary>One way to talk to a router.</summary>
public interface IRouterProtocol
{
    /// <summary>Asks for the outside address and, when wanted, for a port to be forwarded. Asking again renews.</summary>
    Task<RouterAnswer> AskAsync(IPAddress router, MappingRequest? mapping, CancellationToken stopping);
}
