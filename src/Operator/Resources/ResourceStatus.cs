using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources;

/// <summary>What the status of every kind begins with.</summary>
public abstract record ResourceStatus
{
    /// <summary>The <c>metadata.generation</c> that this status is about. Older than the object's:
    /// the operator has not looked yet.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>What is well and what is not, one entry a type. Wait for <c>Ready</c>.</summary>
    [KeyedBy("type"), MaxLength(32)]
    public IReadOnlyList<Condition> Conditions { get; init; } = [];
}
