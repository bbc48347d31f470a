using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LocalControlPlane.Formats;

namespace LocalControlPlane.Storage;

[JsonSourceGenerationOptions(MaxDepth = JsonDepth.Stored)]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class StorageJson : JsonSerializerContext;
