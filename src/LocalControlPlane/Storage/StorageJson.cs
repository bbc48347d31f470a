using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace LocalControlPlane.Storage;

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class StorageJson : JsonSerializerContext;
