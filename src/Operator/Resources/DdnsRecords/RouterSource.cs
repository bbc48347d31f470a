using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>The router in front of the host that the operator runs on. It is asked for its outside address.</summary>
public sealed record RouterSource
{
    /// <summary>Protocols, tried in this order.</summary>
    [UniqueItems, Length(1, 3)]
    public IReadOnlyList<RouterProtocol> Protocols { get; init; } =
        [RouterProtocol.Pcp, RouterProtocol.NatPmp, RouterProtocol.Upnp];

    /// <summary>The router's inside address. Left out: the default gateway.</summary>
    [Form(TextForm.Address)]
    public string? Address { get; init; }

    /// <summary>A port that the router is to forward.</summary>
    public PortMapping? PortMapping { get; init; }
}
