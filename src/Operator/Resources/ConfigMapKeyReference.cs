using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources;

/// <summary>One entry of a ConfigMap of the same namespace.</summary>
public sealed record ConfigMapKeyReference
{
    /// <summary>Name of the ConfigMap.</summary>
    [Required, Form(TextForm.ObjectName)]
    public string Name { get; init; } = "";

    /// <summary>The key inside the ConfigMap.</summary>
    [Required, Form(TextForm.DataKey)]
    public string Key { get; init; } = "";
}
