using System.Diagnostics;
using LocalControlPlane.Schemas;
using LocalControlPlane.Schemas.BuiltIn;
using LocalControlPlane.Tables;

namespace LocalControlPlane.Resources;

/// <summary>One version of one kind that is served.</summary>
public sealed record ResourceType
{
    /// <summary>Empty for the core group.</summary>
    public required string Group { get; init; }

    public required string Version { get; init; }

    public required string Kind { get; init; }

    /// <summary>Lower case, as in paths.</summary>
    public required string Plural { get; init; }

    public required string Singular { get; init; }

    public string ListKind { get; init; } = "";

    public required bool IsNamespaced { get; init; }

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary><c>/status</c> is served, and the main path leaves the status alone.</summary>
    public bool HasStatus { get; init; }

    /// <summary>Null when there is no <c>/scale</c>.</summary>
    public ScalePaths? Scale { get; init; }

    /// <summary><c>metadata.generation</c> counts the changes of everything but metadata and status.</summary>
    public bool CountsGenerations { get; init; }

    /// <summary>What is stored is in the form of another type (events.k8s.io/v1 in that of core/v1).</summary>
    public bool IsView { get; init; }

    /// <summary>Null for a built-in kind.</summary>
    public CustomType? Custom { get; init; }

    /// <summary>Name of the storage; the same for all versions and views.</summary>
    public required string StorageName { get; init; }

    /// <summary>Of whole objects, metadata included.</summary>
    public StructuralSchema Schema =>
        Custom?.Structure ?? BuiltInSchemas.Find(ApiVersion, Kind)
        ?? throw new UnreachableException($"{QualifiedKind} is served without a schema");

    /// <summary>The columns in which it is listed.</summary>
    public TableLayout Layout => Custom?.Layout ?? TableLayout.BuiltIn(ApiVersion, Kind);

    /// <summary>Tells schemas apart: an object written under another one is pruned and defaulted again when read.</summary>
    public string SchemaStamp => Custom?.Stamp ?? "";

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>Such as <c>deployments.apps</c>: what messages call it.</summary>
    public string QualifiedPlural => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>Such as <c>Deployment.apps</c>.</summary>
    public string QualifiedKind => Group.Length == 0 ? Kind : $"{Kind}.{Group}";
}
