using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.SstpCertificates;

/// <summary>A CA of your own: a root and an intermediate in a Secret.</summary>
public sealed record InternalCaIssuer
{
    /// <summary>The Secret with the CA: <c>tls.crt</c> (the issuing CA and what stands above it), <c>tls.key</c>,
    /// and for a self-made CA <c>ca.crt</c> and <c>ca.key</c>. Certificates that name one share the CA.</summary>
    [Required]
    public SecretReference CaSecret { get; init; } = new();

    /// <summary>Make the CA when the Secret is not there. Off: bring your own.</summary>
    public bool Create { get; init; } = true;

    /// <summary>For a CA that is made: common name of the root; the issuing CA's is derived from it.</summary>
    [Length(1, 48), Form(TextForm.Line)]
    public string CommonName { get; init; } = "SSTP operator CA";

    /// <summary>For a CA that is made: its keys.</summary>
    public KeyAlgorithm KeyAlgorithm { get; init; } = KeyAlgorithm.EcdsaP256;

    /// <summary>For a CA that is made: how long the root is valid.</summary>
    [DurationBounds("24h", "262800h")]
    public GoDuration RootLifetime { get; init; } = new("87600h");

    /// <summary>For a CA that is made: how long the issuing CA is valid; it is renewed in time.</summary>
    [DurationBounds("24h", "87600h")]
    public GoDuration IntermediateLifetime { get; init; } = new("26280h");

    /// <summary>For a CA that is made: what it may certify at all.</summary>
    public NameConstraints? NameConstraints { get; init; }

    /// <summary>Where the revocation list is published. Left out: none is,
    /// and Windows clients have to be told not to look.</summary>
    public RevocationList? RevocationList { get; init; }

    /// <summary>A ConfigMap to put the root into, key <c>ca.crt</c>, for clients to trust.</summary>
    [Form(TextForm.ObjectName)]
    public string? TrustBundleConfigMap { get; init; }
}
