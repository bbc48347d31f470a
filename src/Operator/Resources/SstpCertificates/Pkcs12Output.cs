using System.ComponentModel.DataAnnotations;

namespace Operator.Resources.SstpCertificates;

/// <summary>A PKCS#12 file (RFC 7292) with certificate, chain and key.</summary>
public sealed record Pkcs12Output
{
    /// <summary>Its password.</summary>
    [Required]
    public SecretKeyReference PasswordSecret { get; init; } = new();

    /// <summary>How it is encrypted. <c>Legacy</c> (3DES, SHA-1) is for systems before Windows 10 1709 and macOS 10.15.</summary>
    public Pkcs12Encryption Encryption { get; init; } = Pkcs12Encryption.Modern;
}
