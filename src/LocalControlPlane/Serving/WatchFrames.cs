using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LocalControlPlane.Resources;
using LocalControlPlane.Watching;
using Microsoft.AspNetCore.Http;

namespace LocalControlPlane.Serving;

/// <summary>The lines of a watch: objects as they are, or each as a table of one row.</summary>
internal sealed class WatchFrames(ResourceType type, HttpRequest request, TableAnswer tables)
{
    /// <summary>Tells a client that what follows are changes (streaming lists).</summary>
    private const string InitialEventsEnd = "k8s.io/initial-events-end";

    private readonly bool _asTables = TableAnswer.IsAskedFor(request);

    public ReadOnlyMemory<byte> Frame(WatchEvent seen)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type", Name(seen.Type));
            writer.WritePropertyName("object");
            writer.WriteRawValue(Object(seen).Span, skipInputValidation: true);
            writer.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private ReadOnlyMemory<byte> Object(WatchEvent seen)
    {
        if (seen.Stored is null) return Encoding.UTF8.GetBytes(Bookmark(seen).ToJsonString());
        return _asTables ? tables.Row(request, type, seen.Stored) : seen.Stored.Json;
    }

    private JsonObject Bookmark(WatchEvent seen)
    {
        var metadata = new JsonObject { ["resourceVersion"] = seen.Revision.ToString(CultureInfo.InvariantCulture) };
        if (seen.EndsInitialEvents) metadata["annotations"] = new JsonObject { [InitialEventsEnd] = "true" };
        return _asTables
            ? new JsonObject
            {
                ["kind"] = "Table",
                ["apiVersion"] = "meta.k8s.io/v1",
                ["metadata"] = metadata,
                ["columnDefinitions"] = new JsonArray(),
                ["rows"] = new JsonArray(),
            }
            : new JsonObject { ["kind"] = type.Kind, ["apiVersion"] = type.ApiVersion, ["metadata"] = metadata };
    }

    private static string Name(WatchEventType type) => type switch
    {
        WatchEventType.Added => "ADDED",
        WatchEventType.Modified => "MODIFIED",
        WatchEventType.Deleted => "DELETED",
        _ => "BOOKMARK",
    };
}
