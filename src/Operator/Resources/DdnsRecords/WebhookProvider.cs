using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>A web hook of your own: gets the wanted records as JSON, signed.</summary>
public sealed record WebhookProvider
{
    /// <summary>Where the JSON is posted.</summary>
    [Required, Form(TextForm.HttpUrl)]
    public string Url { get; init; } = "";

    /// <summary>Key of the HMAC-SHA-256 over the body, which the request carries.</summary>
    [Required]
    public SecretKeyReference SigningSecret { get; init; } = new();

    /// <summary>PEM certificates that the server's must come from. Left out: those that the system trusts.</summary>
    public ConfigMapKeyReference? TrustBundle { get; init; }
}
