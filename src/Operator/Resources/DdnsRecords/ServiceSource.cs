using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>The load balancer of a Service of the same namespace.</summary>
public sealed record ServiceSource
{
    /// <summary>Its name.</summary>
    [Required, Form(TextForm.ObjectName)]
    public string Name { get; init; } = "";
}
