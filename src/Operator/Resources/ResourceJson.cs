using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Operator.Resources.DdnsRecords;
using Operator.Resources.SstpCertificates;
using Operator.Resources.VpnGateways;

namespace Operator.Resources;

/// <summary>The JSON of all kinds. Names are in camelCase; absent and null are the same; empty lists are written.</summary>
/// <remarks>
/// The contracts are found by reflection, not generated: generated code sets every init-only property, also those that the text
/// leaves out, and so loses the defaults that are the records' whole point (dotnet/runtime#84484).
/// </remarks>
public static class ResourceJson
{
    public static JsonSerializerOptions Options { get; } = MakeOptions();

    public static JsonTypeInfo<VpnGateway> VpnGateway { get; } = Info<VpnGateway>();
    public static JsonTypeInfo<DdnsRecord> DdnsRecord { get; } = Info<DdnsRecord>();
    public static JsonTypeInfo<SstpCertificate> SstpCertificate { get; } = Info<SstpCertificate>();

    /// <summary>The contract of any record of <c>Operator.Resources</c>, such as one section.</summary>
    public static JsonTypeInfo<T> Info<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Converters = { new TimeConverter() },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        options.MakeReadOnly();
        return options;
    }
}
