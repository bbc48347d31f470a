using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace TraceExport;

/// <summary>Sends the spans of a program's sources to a collector by OTLP.</summary>
/// <remarks>
/// While nothing is configured nobody listens to the sources, so <see cref="ActivitySource.StartActivity(string, ActivityKind)"/>
/// gives null and a span costs one comparison. OpenTelemetry's assemblies are not even loaded.
/// </remarks>
public static class OtlpTraces
{
    /// <summary>Starts sending; what is disposed of sends what it still has.
    /// Null when the environment asks for no traces.</summary>
    /// <param name="service">Name of the program, unless OTEL_SERVICE_NAME gives another.</param>
    /// <exception cref="FormatException">The environment asks for what cannot be; the message says so.</exception>
    public static IDisposable? Start(string service, string version, params string[] sources) =>
        OtlpSettings.Read(Environment.GetEnvironmentVariable) is { } settings ? Start(settings, service, version, sources) : null;

    /// <inheritdoc cref="Start(string, string, string[])"/>
    public static IDisposable Start(OtlpSettings settings, string service, string version, params string[] sources) =>
        Sdk.CreateTracerProviderBuilder()
            .AddSource(sources)
            // The environment comes last and wins.
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService(service, serviceVersion: version)
                .AddTelemetrySdk().AddEnvironmentVariableDetector())
            .AddOtlpExporter(options =>
            {
                options.Endpoint = settings.Endpoint;
                options.Protocol = settings.OverHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
            })
            .Build();
}
