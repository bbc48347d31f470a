using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources;

/// <summary>One entry of a Secret of the same namespace.</summary>
public sealed record SecretKeyReference
{
    /// <summary>Name of the Secret.</summary>
    [Required, Form(TextForm.ObjectName)]
    public string Name { get; init; } = "";

    /// <summary>The key inside the Secret. White space around the value is ignored.</summary>
    [Required, Form(TextForm.DataKey)]
    public string Key { get; init; } = "";
}
