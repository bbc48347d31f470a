using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.SstpCertificates;

/// <summary>What a CA may certify (RFC 5280 section 4.2.1.10).</summary>
public sealed record NameConstraints
{
    /// <summary>Names at and below which it may certify.</summary>
    [UniqueItems, MaxLength(32), Form(TextForm.DnsName)]
    public IReadOnlyList<string> PermittedNames { get; init; } = [];

    /// <summary>Names at and below which it may not.</summary>
    [UniqueItems, MaxLength(32), Form(TextForm.DnsName)]
    public IReadOnlyList<string> ExcludedNames { get; init; } = [];

    /// <summary>Networks whose addresses it may certify.</summary>
    [UniqueItems, MaxLength(32), Form(TextForm.Network)]
    public IReadOnlyList<string> PermittedNetworks { get; init; } = [];
}
