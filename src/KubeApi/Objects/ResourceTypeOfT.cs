using System.Text.Json.Serialization.Metadata;

namespace KubeApi.Objects;

/// <summary>A kind together with the type its objects are read into.</summary>
/// <param name="Json">Source-generated. <typeparamref name="T"/> stands for the whole object (spec, status and so on) and holds
/// only what its reader wants to know: all other fields stay in <see cref="KubeObject.Json"/>.</param>
public sealed record ResourceType<T>(
    string Group, string Version, string Plural, string Kind, JsonTypeInfo<T> Json, bool IsNamespaced = true)
    : ResourceType(Group, Version, Plural, Kind, IsNamespaced)
    where T : notnull;
