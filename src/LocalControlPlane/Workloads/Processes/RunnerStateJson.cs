using System.Text.Json.Serialization;

namespace LocalControlPlane.Workloads.Processes;

[JsonSerializable(typeof(RunnerState))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class RunnerStateJson : JsonSerializerContext;
