namespace GatewayConfig.Admin;

/// <summary>Probes, metrics and local administration. Fixed at start.</summary>
public sealed record AdminConfig
{
    /// <summary>In front of the path of a UNIX socket in <see cref="Listen"/>.</summary>
    public const string UnixPrefix = "unix:";

    /// <summary>A loopback "address:port" or "unix:/path". Default 127.0.0.1:9480. Null turns it off.</summary>
    public string? Listen { get; init; } = "127.0.0.1:9480";

    /// <summary>The same over mutual TLS, for the operator; null turns it off.</summary>
    public AdminTlsConfig? Tls { get; init; }
}
