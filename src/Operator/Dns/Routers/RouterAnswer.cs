using System.Net;

namespace Operator.Dns.Routers;

/// <summary>What a router said over one protocol. Closed.</summary>
public abstract record RouterAnswer
{
    private RouterAnswer()
    {
    }

    /// <param name="Mapping">Null when none was asked for.</param>
    public sealed record Known(IPAddress External, RouterMapping? Mapping) : RouterAnswer;

    /// <summary>It speaks the protocol, and refuses.</summary>
    public sealed record Refused(string Why) : RouterAnswer;

    /// <summary>It does not speak the protocol, or not to us.</summary>
    public sealed record Silent(string Why) : RouterAnswer;
}
