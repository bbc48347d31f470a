using LocalControlPlane.Storage;

namespace LocalControlPlane.Selecting;

/// <summary>Which objects of a resource a list, a watch or a collective deletion is about.</summary>
/// <param name="Namespace">Null for all.</param>
public sealed record Selection(string? Namespace, LabelSelector Labels, FieldSelector Fields)
{
    public static Selection Everything { get; } = new(null, LabelSelector.Everything, FieldSelector.Everything);

    public bool Matches(StoredObject stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return (Namespace is null || stored.Key.Namespace == Namespace)
            && Labels.Matches(stored.Labels) && Fields.Matches(stored);
    }
}
