using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Operator.Dns.Push;

/// <summary>How many connections a sender may hold to a listener that faces the Internet,
/// so that nobody holds all that there are.</summary>
/// <remarks>Above that they are closed before TLS. Safe for concurrent use.</remarks>
internal sealed class SenderConnections
{
    /// <summary>A report is one short request; a site with many routers behind one address is far below.</summary>
    public const int MaxAtATime = 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _open = [];

    /// <summary>Puts the bound in front of what is said over a connection.</summary>
    public void Guard(ListenOptions listen) => listen.Use(next => async connection =>
    {
        var sender = SenderNetwork.Of((connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None);
        if (!TryOpen(sender))
        {
            connection.Abort();
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            Close(sender);
        }
    });

    private bool TryOpen(IPAddress sender)
    {
        lock (_gate)
        {
            var open = _open.GetValueOrDefault(sender);
            if (open >= MaxAtATime) return false;

            _open[sender] = open + 1;
            return true;
        }
    }

    private void Close(IPAddress sender)
    {
        lock (_gate)
        {
            if (--_open[sender] == 0) _open.Remove(sender);
        }
    }
}
