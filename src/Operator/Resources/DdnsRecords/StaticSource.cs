using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>Addresses written down here.</summary>
public sealed record StaticSource
{
    /// <summary>IPv4 and IPv6 addresses.</summary>
    [Required, UniqueItems, Length(1, 64), Form(TextForm.Address)]
    public IReadOnlyList<string> Addresses { get; init; } = [];
}
