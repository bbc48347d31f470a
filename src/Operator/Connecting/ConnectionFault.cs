using System.Net.Sockets;

namespace Operator.Connecting;

/// <summary>Why a host could not be talked to, for a person. The runtime hands on the C library's words,
/// some of which name no cause.</summary>
internal static class ConnectionFault
{
    /// <param name="fault">What the HTTP client threw.</param>
    /// <param name="host">Who was called.</param>
    public static string Words(Exception fault, string host)
    {
        var cause = fault.GetBaseException();
        if (cause is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData })
            return $"there is no address for the name {host}; is it spelt right?";
        if (cause is SocketException { SocketErrorCode: SocketError.TryAgain or SocketError.NoRecovery })
            return $"no DNS server answered for the name {host}; look at /etc/resolv.conf where the operator runs, "
                + "and at the way to the Internet";

        // Of a connection the outer words name host and port; of TLS the inner ones say what is wrong.
        return (cause is SocketException ? fault : cause).Message.TrimEnd('.');
    }
}
