using System.Collections.Frozen;

namespace LocalControlPlane.Resources;

/// <summary>All types served at one moment.</summary>
public sealed class TypeCatalog
{
    private readonly FrozenDictionary<(string Group, string Version, string Plural), ResourceType> _byPath;

    public TypeCatalog(IReadOnlyList<ResourceType> types)
    {
        ArgumentNullException.ThrowIfNull(types);
        All = types;
        _byPath = types.ToFrozenDictionary(type => (type.Group, type.Version, type.Plural));
    }

    /// <summary>Built-in kinds first, then custom ones by group, preferred version first.</summary>
    public IReadOnlyList<ResourceType> All { get; }

    public ResourceType? Find(string group, string version, string plural) => _byPath.GetValueOrDefault((group, version, plural));

    /// <param name="apiVersion">Such as <c>apps/v1</c>, as objects carry it.</param>
    public ResourceType? FindKind(string apiVersion, string kind) =>
        All.FirstOrDefault(type => type.Kind == kind && type.ApiVersion == apiVersion);

    /// <summary>The type that what is stored under a name is in the form of, or one that it can be shown as.</summary>
    public ResourceType? FindStored(string storageName) =>
        All.FirstOrDefault(type => type.StorageName == storageName && !type.IsView);
}
