using System.Diagnostics;
using GatewayConfig.Decoy;
using Microsoft.Extensions.Logging;
using SstpGateway.Metrics;

namespace SstpGateway.Decoy;

/// <summary>Makes the decoy that a configuration asks for.</summary>
public sealed class DecoyFactory(TimeProvider clock, GatewayMetrics metrics, ILoggerFactory loggers)
{
    /// <param name="config">Valid.</param>
    public IDecoy Create(DecoyConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        IDecoyContent content = config.Kind switch
        {
            DecoyKind.NotFound => new NotFoundContent(),
            DecoyKind.Static => new StaticContent(config.Root!, loggers.CreateLogger<StaticContent>()),
            DecoyKind.Proxy => new ProxyContent(new Uri(config.Backend!), clock, loggers.CreateLogger<ProxyContent>()),
            _ => throw new UnreachableException(),
        };
        return new HttpDecoy(content, config.ServerHeader, clock, metrics);
    }

    /// <summary>Makes the decoy for a connection that does not begin with TLS; its stream is the connection's own.</summary>
    /// <remarks>nginx takes a first octet of 0x16, or one with the top bit set, for TLS and everything else for HTTP.</remarks>
    public IDecoy CreateForPlainText(DecoyConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new HttpDecoy(new PlainHttpContent(), config.ServerHeader, clock, metrics);
    }
}
