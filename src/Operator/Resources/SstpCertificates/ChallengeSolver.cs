using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.SstpCertificates;

/// <summary>One way to show control over names.</summary>
public sealed record ChallengeSolver
{
    /// <summary>Names it is for, <c>*.</c> names as they are in <c>names</c>; left out:
    /// all that no entry before it takes.</summary>
    [UniqueItems, MaxLength(100), Form(TextForm.WildcardName)]
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary><c>Dns01</c>: a TXT record. <c>Http01</c>: a page at port 80 of the gateway. <c>TlsAlpn01</c>:
    /// a handshake at port 443 of the gateway.</summary>
    [Required]
    public ChallengeKind Kind { get; init; }

    /// <summary>For a TXT record.</summary>
    [ForKind("Dns01")]
    public Dns01Solver? Dns01 { get; init; }

    /// <summary>For a page at port 80.</summary>
    [ForKind("Http01")]
    public GatewaySolver? Http01 { get; init; }

    /// <summary>For a handshake at port 443.</summary>
    [ForKind("TlsAlpn01")]
    public GatewaySolver? TlsAlpn01 { get; init; }
}
