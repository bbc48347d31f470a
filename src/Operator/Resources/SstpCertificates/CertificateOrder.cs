using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.SstpCertificates;

/// <summary>An order that is under way; all that is needed to go on with it after a restart.</summary>
public sealed record CertificateOrder
{
    /// <summary>The order's URL.</summary>
    [MaxLength(2048)]
    public string? Url { get; init; }

    /// <summary>The order's state, in the CA's word.</summary>
    [MaxLength(32)]
    public string? State { get; init; }

    /// <summary>The Secret with the key of the certificate to come.</summary>
    [MaxLength(253)]
    public string? KeySecret { get; init; }

    /// <summary>The certificate's URL, once there is one.</summary>
    [MaxLength(2048)]
    public string? CertificateUrl { get; init; }

    /// <summary>Digest of what was ordered; other wishes need another order.</summary>
    [MaxLength(64)]
    public string? For { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When the CA forgets it.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The challenges.</summary>
    [KeyedBy("url"), MaxLength(132)]
    public IReadOnlyList<OrderChallenge> Challenges { get; init; } = [];
}
