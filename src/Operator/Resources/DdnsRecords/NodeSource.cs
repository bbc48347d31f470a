using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>Addresses of nodes that are ready.</summary>
public sealed record NodeSource
{
    /// <summary>Labels that a node must have; left out: every node.</summary>
    [MapBounds(32, TextForm.LabelKey, TextForm.LabelValue)]
    public IReadOnlyDictionary<string, string> NodeSelector { get; init; } = new Dictionary<string, string>();

    /// <summary>Types of address, the first that a node has.</summary>
    [UniqueItems, Length(1, 2)]
    public IReadOnlyList<NodeAddressType> AddressTypes { get; init; } = [NodeAddressType.ExternalIP];
}
