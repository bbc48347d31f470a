using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>Duck DNS.</summary>
public sealed record DuckDnsProvider
{
    /// <summary>The account's token.</summary>
    [Required]
    public SecretKeyReference TokenSecret { get; init; } = new();

    /// <summary>The service. Left out: Duck DNS itself.</summary>
    [Form(TextForm.HttpUrl)]
    public string? Endpoint { get; init; }
}
