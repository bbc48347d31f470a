using System.Text.Json;
using System.Text.Json.Serialization;
using KubeApi.Client;
using KubeApi.Credentials;
using KubeApi.Leases;

namespace KubeApi.Objects;

/// <summary>Source-generated readers and writers of the types this library owns.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = false,
    MaxDepth = JsonDepth.Deepest)]
[JsonSerializable(typeof(ObjectMeta))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(ApiStatus))]
[JsonSerializable(typeof(Lease))]
[JsonSerializable(typeof(ExecCredential))]
[JsonSerializable(typeof(Secret))]
[JsonSerializable(typeof(ConfigMap))]
[JsonSerializable(typeof(Pod))]
[JsonSerializable(typeof(Node))]
internal sealed partial class KubeJson : JsonSerializerContext;
