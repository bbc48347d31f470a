using LocalControlPlane.Authentication;
using LocalControlPlane.Errors;
using Microsoft.AspNetCore.Http;

namespace LocalControlPlane.Serving;

/// <summary>How many requests of one sender are answered at a time.</summary>
/// <remarks>An answer takes some 60 KiB until it is read, which over HTTP/2 may be never. Administrators are not counted: they
/// can end the server in many ways, and the operator is one of them. Safe for concurrent use.</remarks>
internal sealed class RequestsInProgress
{
    /// <summary>Watches, lists and all others.</summary>
    public const int MaxOfSender = 2000;

    /// <summary>Refusals that wait to be read, too: those above are not even told.</summary>
    public const int MaxRefusals = 200;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _bySender = new(StringComparer.Ordinal);

    /// <summary>Counts the request until its answer has gone to the client.</summary>
    /// <exception cref="ApiException">429.</exception>
    public void Enter(HttpContext context, Identity sender)
    {
        if (sender.IsAdministrator) return;
        int now;
        lock (_gate) _bySender[sender.Name] = now = _bySender.GetValueOrDefault(sender.Name) + 1;
        context.Response.OnCompleted(() =>
        {
            Leave(sender.Name);
            return Task.CompletedTask;
        });
        if (now > MaxOfSender + MaxRefusals) context.Abort();
        if (now > MaxOfSender) throw Failure.TooManyRequests(MaxOfSender);
    }

    private void Leave(string sender)
    {
        lock (_gate)
        {
            if (--_bySender[sender] == 0) _bySender.Remove(sender);
        }
    }
}
