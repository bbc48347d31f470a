using System.Net;
using System.Net.Sockets;

namespace SstpGateway.Listening;

/// <summary>An address cannot be listened on.</summary>
public sealed class ListenException(IPEndPoint endPoint, SocketException cause)
    : Exception($"cannot listen on {endPoint}: {cause.Message}. {Advice(endPoint, cause)}", cause)
{
    private static string Advice(IPEndPoint endPoint, SocketException cause) => cause.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => $"Something else has port {endPoint.Port}; `ss -ltnp` shows what.",
        SocketError.AccessDenied => "Ports below 1024 need CAP_NET_BIND_SERVICE (or root).",
        SocketError.AddressNotAvailable => "No interface has this address; `ip address` shows those there are.",
        SocketError.AddressFamilyNotSupported => "The kernel has no IPv6; remove that line from listening.addresses.",
        _ => "See listening.addresses in the configuration.",
    };
}
