using System.Globalization;
using System.Text;
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

    private static readonly ReadOnlyMemory<byte> Added = Start("ADDED");
    private static readonly ReadOnlyMemory<byte> Modified = Start("MODIFIED");
    private static readonly ReadOnlyMemory<byte> Deleted = Start("DELETED");
    private static readonly ReadOnlyMemory<byte> Bookmarked = Start("BOOKMARK");
    private static readonly ReadOnlyMemory<byte> End = "}\n"u8.ToArray();

    private readonly bool _asTables = TableAnswer.IsAskedFor(request);

    /// <summary>Writes one line, with an object straight from the store.</summary>
    public async ValueTask WriteAsync(PieceWriter pieces, WatchEvent seen)
    {
        await pieces.WriteAsync(Start(seen.Type)).ConfigureAwait(false);
        await pieces.WriteAsync(Object(seen)).ConfigureAwait(false);
        await pieces.WriteAsync(End).ConfigureAwait(false);
        await pieces.FlushAsync().ConfigureAwait(false);
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

    private static ReadOnlyMemory<byte> Start(WatchEventType type) => type switch
    {
        WatchEventType.Added => Added,
        WatchEventType.Modified => Modified,
        WatchEventType.Deleted => Deleted,
        _ => Bookmarked,
    };

    private static ReadOnlyMemory<byte> Start(string name) => Encoding.UTF8.GetBytes($$"""{"type":"{{name}}","object":""");
}
