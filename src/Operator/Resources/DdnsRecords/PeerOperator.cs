using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>An operator elsewhere that looks at our name.</summary>
public sealed record PeerOperator
{
    /// <summary>Its push endpoint's address.</summary>
    [Required, Form(TextForm.HttpsUrl)]
    public string Url { get; init; } = "";

    /// <summary>The token it wants.</summary>
    [Required]
    public SecretKeyReference TokenSecret { get; init; } = new();
}
