using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>A question whose answer is the asker's address.</summary>
public sealed record DnsEcho
{
    /// <summary>Server, address or <c>address:port</c>. Its family is the family that is asked about.</summary>
    [Required, Form(TextForm.Server)]
    public string Server { get; init; } = "";

    /// <summary>The name to ask for.</summary>
    [Required, Form(TextForm.DnsName)]
    public string Name { get; init; } = "";

    /// <summary>Where the address is in the answer.</summary>
    public DnsEchoType Type { get; init; } = DnsEchoType.Address;

    /// <summary>The class to ask in.</summary>
    public DnsEchoClass Class { get; init; } = DnsEchoClass.IN;
}
