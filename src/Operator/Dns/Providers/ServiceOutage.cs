namespace Operator.Dns.Providers;

/// <summary>How a service as a whole failed, whatever it was asked for.</summary>
public enum ServiceOutage
{
    /// <summary>It answered; what it said concerns the request.</summary>
    None,

    /// <summary>No answer came: refused, timed out, no route, no TLS.</summary>
    Unreachable,

    /// <summary>Something answered for it with 5xx (HTTP): the service, or whatever stands before it, is broken.</summary>
    Broken,
}
