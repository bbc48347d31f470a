using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.SstpCertificates;

/// <summary>A revocation list that gateways publish over plain HTTP, at port 80:
/// Windows reads it before the tunnel is up.</summary>
public sealed record RevocationList
{
    /// <summary>A VpnGateway of the same namespace that serves it.</summary>
    [Required, Form(TextForm.ObjectName)]
    public string VpnGatewayName { get; init; } = "";

    /// <summary>Host name in the list's URL. Left out: the gateway's own.</summary>
    [Form(TextForm.HostName)]
    public string? Host { get; init; }

    /// <summary>How long one list is valid; a new one comes at half of it.</summary>
    [DurationBounds("1h", "8760h")]
    public GoDuration Lifetime { get; init; } = new("168h");
}
