using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>DNS UPDATE (RFC 2136).</summary>
public sealed record Rfc2136Provider
{
    /// <summary>Servers that take updates, asked in this order: a name or an address, with or without a port.</summary>
    [Required, UniqueItems, Length(1, 8), Form(TextForm.HostPort)]
    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>The zone. Left out: found by asking the servers for the SOA record.</summary>
    [Form(TextForm.DnsName)]
    public string? Zone { get; init; }

    /// <summary>The key that signs updates. Left out: unsigned, which only a server
    /// that trusts the operator's address takes.</summary>
    public TsigKey? Tsig { get; init; }
}
