using System.ComponentModel.DataAnnotations;
using Operator.Resources.DdnsRecords;
using Operator.Resources.Schemas;

namespace Operator.Resources.SstpCertificates;

/// <summary>Puts a TXT record at <c>_acme-challenge</c> before each name, beside what is there already.</summary>
public sealed record Dns01Solver
{
    /// <summary>Who holds the zone of the TXT record.</summary>
    [Required]
    public DnsProvider Provider { get; init; } = new();

    /// <summary>The name that <c>_acme-challenge</c> is an alias (CNAME) of, when its zone is not the name's own.
    /// Left out: aliases are followed.</summary>
    [Form(TextForm.DnsName)]
    public string? ChallengeName { get; init; }

    /// <summary>Whether aliases (CNAME) at <c>_acme-challenge</c> are followed.</summary>
    public bool FollowAliases { get; init; } = true;

    /// <summary>What is asked before the CA is.</summary>
    public PropagationCheck Check { get; init; } = new();
}
