namespace KubeApi.Credentials;

/// <summary>How to reach an API server, how to know it, and how to be known by it.</summary>
public sealed record ClusterAccess
{
    /// <summary>May have a path of its own, which comes in front of each request's.</summary>
    public required Uri Server { get; init; }

    /// <summary>The namespace that is meant when none is named.</summary>
    public string DefaultNamespace { get; init; } = "default";

    /// <summary>Null: the authorities that the host trusts.</summary>
    public TrustedRoots? Roots { get; init; }

    /// <summary>Takes any certificate, so anybody in between can read and change everything. For trials only.</summary>
    public bool SkipTlsVerify { get; init; }

    /// <summary>The name to ask for in the handshake; null for the host of <see cref="Server"/>.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>http, https or socks5; null for none.</summary>
    public Uri? Proxy { get; init; }

    public ICredentialSource Credentials { get; init; } = FixedCredential.Anonymous;

    /// <summary>Act as another; null as oneself.</summary>
    public Impersonation? Impersonation { get; init; }
}
