using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.VpnGateways;

/// <summary>Where calls come in. The port is the node's own.</summary>
public sealed record GatewayListening
{
    /// <summary>TCP port on every address of the node. Windows' client can dial no other than 443.</summary>
    [Range(1, 65535)]
    public int Port { get; init; } = 443;

    /// <summary>Addresses of the node to listen at. Left out: all, IPv4 and IPv6.</summary>
    [UniqueItems, MaxLength(16), Form(TextForm.Address)]
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Networks calls may come from; left out: anywhere. Others get a closed connection.</summary>
    [UniqueItems, MaxLength(1024), Form(TextForm.Network)]
    public IReadOnlyList<string> AllowedSources { get; init; } = [];

    /// <summary>TCP port for plain HTTP on the same addresses, from anywhere; open only while there is an ACME HTTP-01 challenge
    /// to answer or a revocation list to serve. CAs ask no other than 80; 0 never opens one.</summary>
    [Range(0, 65535)]
    public int HttpPort { get; init; } = 80;
}
