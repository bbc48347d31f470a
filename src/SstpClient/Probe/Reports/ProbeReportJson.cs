using System.Text.Json;
using System.Text.Json.Serialization;

namespace SstpClient.Probe.Reports;

/// <summary>The report for programs.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProbeReport))]
public sealed partial class ProbeReportJson : JsonSerializerContext
{
    public static string Write(ProbeReport report) => JsonSerializer.Serialize(report, Default.ProbeReport);
}
