using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Formats;
using LocalControlPlane.Objects;
using LocalControlPlane.Resources;
using LocalControlPlane.Storage;

namespace LocalControlPlane.Definitions;

/// <summary>The CustomResourceDefinitions that come with the program; applied at each start,
/// so that a newer program brings newer ones.</summary>
internal sealed class DefinitionFolder(string path)
{
    private static readonly WriteOptions Options = new("sstp-operator-local", Validation: FieldValidation.Strict);

    public async Task ApplyAsync(ObjectStore store, ObjectWriter writer)
    {
        foreach (var file in Directory.EnumerateFiles(path, "*.yaml").Order(StringComparer.Ordinal))
        {
            try
            {
                foreach (var definition in YamlBody.ReadAll(await File.ReadAllTextAsync(file).ConfigureAwait(false))
                    .OfType<JsonObject>())
                    if (definition.Text("kind") == BuiltInTypes.CustomResourceDefinition.Kind)
                        await ApplyAsync(store, writer, definition).ConfigureAwait(false);
            }
            catch (Exception e) when (e is FormatException or ApiException)
            {
                throw new DefinitionException($"{file}: {e.Message}", e);
            }
        }
    }

    private static async Task ApplyAsync(ObjectStore store, ObjectWriter writer, JsonObject definition)
    {
        var type = BuiltInTypes.CustomResourceDefinition;
        var key = new ObjectKey(
            type.StorageName, "", definition.MetadataText("name") ?? throw new FormatException("metadata.name is missing."));
        if (store.Find(key) is null) await writer.CreateAsync(type, "", definition, Options).ConfigureAwait(false);
        else await writer.ReplaceAsync(type, key, definition, WritePath.Main, Options).ConfigureAwait(false);
    }
}
