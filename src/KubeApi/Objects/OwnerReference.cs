using System.Text.Json.Nodes;

namespace KubeApi.Objects;

/// <summary>metav1.OwnerReference: the object is collected as garbage when all its owners are gone.</summary>
/// <param name="Controller">At most one owner of an object has it set.</param>
/// <param name="BlockOwnerDeletion">A foreground deletion of the owner waits for this object.</param>
public sealed record OwnerReference(
    string ApiVersion, string Kind, string Name, string Uid, bool Controller = false, bool BlockOwnerDeletion = false)
{
    /// <summary>The reference by which a controller's child names it.</summary>
    /// <exception cref="ArgumentException">The owner was never stored, so it has no uid.</exception>
    public static OwnerReference ToController(ResourceType type, ObjectMeta owner)
    {
        if (owner.Uid.Length == 0)
            throw new ArgumentException($"{type.Kind} {owner.Name} has no uid yet; create it first.", nameof(owner));
        return new OwnerReference(type.ApiVersion, type.Kind, owner.Name, owner.Uid, Controller: true, BlockOwnerDeletion: true);
    }

    public JsonObject ToJson() => new()
    {
        ["apiVersion"] = ApiVersion,
        ["kind"] = Kind,
        ["name"] = Name,
        ["uid"] = Uid,
        ["controller"] = Controller,
        ["blockOwnerDeletion"] = BlockOwnerDeletion,
    };
}
