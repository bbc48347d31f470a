using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources;

/// <summary>A Secret of the same namespace, by name.</summary>
public sealed record SecretReference
{
    /// <summary>Name of the Secret.</summary>
    [Required, Form(TextForm.ObjectName)]
    public string Name { get; init; } = "";
}
