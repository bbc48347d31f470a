using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>The nodes that run a VpnGateway of the same namespace and take calls. The first address is published whatever its
/// health, so that a first start does not wait in a circle.</summary>
public sealed record VpnGatewaySource
{
    /// <summary>Its name.</summary>
    [Required, Form(TextForm.ObjectName)]
    public string Name { get; init; } = "";

    /// <summary>Types of node address, the first that a node has.</summary>
    [UniqueItems, Length(1, 2)]
    public IReadOnlyList<NodeAddressType> AddressTypes { get; init; } = [NodeAddressType.ExternalIP];
}
