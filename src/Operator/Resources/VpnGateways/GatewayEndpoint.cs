using System.ComponentModel.DataAnnotations;

namespace Operator.Resources.VpnGateways;

/// <summary>One gateway.</summary>
public sealed record GatewayEndpoint
{
    /// <summary>Its pod.</summary>
    [Required, MaxLength(253)]
    public string Name { get; init; } = "";

    /// <summary>The node it runs on.</summary>
    [MaxLength(253)]
    public string? Node { get; init; }

    /// <summary>The node's address, where calls come in.</summary>
    [MaxLength(64)]
    public string? Address { get; init; }

    /// <summary>Whether it takes calls.</summary>
    public bool Ready { get; init; }

    /// <summary>Its version.</summary>
    [MaxLength(64)]
    public string? Version { get; init; }

    /// <summary>Short digest of the configuration it runs.</summary>
    [MaxLength(64)]
    public string? ConfigHash { get; init; }

    /// <summary>Serial number of the certificate it serves, in hexadecimal.</summary>
    [MaxLength(64)]
    public string? CertificateSerial { get; init; }

    /// <summary>Its calls, as fresh as <c>status.calls</c>.</summary>
    [Range(0, int.MaxValue)]
    public int Calls { get; init; }

    /// <summary>Why it does not serve, and what to do; empty when it does.</summary>
    [MaxLength(1024)]
    public string? Message { get; init; }
}
