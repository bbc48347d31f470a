using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.SstpCertificates;

/// <summary>The gateways that answer the CA. Every one of them must, for the CA may ask any.</summary>
public sealed record GatewaySolver
{
    /// <summary>A VpnGateway of the same namespace.</summary>
    [Required, Form(TextForm.ObjectName)]
    public string VpnGatewayName { get; init; } = "";

    /// <summary>Whether the operator fetches the answer over the public name before the CA is asked.
    /// Off behind routers that do not let inside hosts use outside addresses.</summary>
    public bool SelfCheck { get; init; } = true;
}
