namespace GatewayConfig.Admin;

/// <summary>The administration endpoint that other hosts may reach: only with a client certificate of one CA.</summary>
public sealed record AdminTlsConfig
{
    /// <summary>"address:port".</summary>
    public string Listen { get; init; } = "";

    /// <summary>PEM file of the server certificate.</summary>
    public string CertificateFile { get; init; } = "";

    /// <summary>PEM file of its key.</summary>
    public string KeyFile { get; init; } = "";

    /// <summary>PEM file of the CA that client certificates must come from.</summary>
    public string ClientCaFile { get; init; } = "";
}
