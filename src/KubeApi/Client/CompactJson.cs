using System.Buffers;
using System.Text.Json;
using KubeApi.Objects;

namespace KubeApi.Client;

/// <summary>Cuts an object out of the answer it came in, without the bookkeeping of field owners,
/// which is often half of it.</summary>
internal static class CompactJson
{
    /// <param name="metadataOnly">Drop everything but names and metadata.</param>
    /// <returns>Lives alone: the answer around it can be collected. Lists of built-in kinds leave out what each item is;
    /// that is put back.</returns>
    public static KubeObject<T> Of<T>(ResourceType<T> type, JsonElement item, bool metadataOnly)
        where T : notnull
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, JsonDepth.Writing))
        {
            writer.WriteStartObject();
            writer.WriteString("apiVersion", type.ApiVersion);
            writer.WriteString("kind", type.Kind);
            foreach (var field in item.EnumerateObject())
            {
                if (field.NameEquals("apiVersion") || field.NameEquals("kind")) continue;
                if (field.NameEquals("metadata")) WriteMetadata(writer, field.Value);
                else if (!metadataOnly) field.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return new KubeObject<T>(type, buffer.WrittenSpan.ToArray(), item);
    }

    private static void WriteMetadata(Utf8JsonWriter writer, JsonElement metadata)
    {
        writer.WriteStartObject("metadata");
        foreach (var field in metadata.EnumerateObject())
            if (!field.NameEquals("managedFields")) field.WriteTo(writer);

        writer.WriteEndObject();
    }
}
