using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>Whoever reports its address to the operator's <c>/nic/update</c> over the dyndns2 protocol.</summary>
public sealed record PushSource
{
    /// <summary>User name of the report. Left out: the record's name with its namespace, <c>namespace.name</c>.</summary>
    [Length(1, 128), Form(TextForm.Line)]
    public string? Username { get; init; }

    /// <summary>Password of the report.</summary>
    [Required]
    public SecretKeyReference TokenSecret { get; init; } = new();

    /// <summary>Whether the address a report comes from counts when the report names none.</summary>
    public bool UseSenderAddress { get; init; } = true;

    /// <summary>How long a report is believed. Left out: until the next one.</summary>
    [DurationBounds("1m", "8760h")]
    public GoDuration? MaximumAge { get; init; }
}
