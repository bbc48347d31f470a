using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>A key for TSIG (RFC 8945).</summary>
public sealed record TsigKey
{
    /// <summary>Name of the key, as the server knows it.</summary>
    [Required, Form(TextForm.DnsName)]
    public string KeyName { get; init; } = "";

    /// <summary>How updates are signed.</summary>
    public TsigAlgorithm Algorithm { get; init; } = TsigAlgorithm.HmacSha256;

    /// <summary>The secret in Base64, as key files have it.</summary>
    [Required]
    public SecretKeyReference Secret { get; init; } = new();
}
