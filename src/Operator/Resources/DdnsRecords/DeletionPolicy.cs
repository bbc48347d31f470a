using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>What becomes of the record when its object is deleted.</summary>
[Rule("has(self.replaceWith) == (self.action == 'Replace')", "replaceWith belongs to action Replace: give it exactly then")]
public sealed record DeletionPolicy
{
    /// <summary>What is done.</summary>
    public DeletionAction Action { get; init; } = DeletionAction.Delete;

    /// <summary>For <c>Replace</c>: the addresses that the name gets instead.</summary>
    [UniqueItems, Length(1, 16), Form(TextForm.Address)]
    public IReadOnlyList<string>? ReplaceWith { get; init; }
}
