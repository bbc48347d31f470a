using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.SstpCertificates;

/// <summary>What a CA gives to customers that it knows already.</summary>
public sealed record ExternalAccountBinding
{
    /// <summary>The key's identifier.</summary>
    [Required, Length(1, 512), Form(TextForm.Line)]
    public string KeyId { get; init; } = "";

    /// <summary>The HMAC key in Base64 or Base64url, as the CA hands it out.</summary>
    [Required]
    public SecretKeyReference KeySecret { get; init; } = new();
}
