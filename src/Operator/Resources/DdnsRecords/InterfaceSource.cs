using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>A network interface of the host that the operator runs on.</summary>
public sealed record InterfaceSource
{
    /// <summary>Its name, such as <c>eth0</c>.</summary>
    [Required, Form(TextForm.Device)]
    public string Name { get; init; } = "";
}
