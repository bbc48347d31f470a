namespace TraceExport;

/// <summary>Where spans go, by the variables of OpenTelemetry's specification.</summary>
/// <param name="Endpoint">For gRPC the collector's address; for HTTP the whole address, with its path.</param>
public sealed record OtlpSettings(Uri Endpoint, bool OverHttp)
{
    private const string Endpoints = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string TracesEndpoint = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

    /// <summary>Variables that say where and how; those with credentials are not among them.</summary>
    public static readonly IReadOnlyList<string> Variables =
    [
        Endpoints, TracesEndpoint, "OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL",
        "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG",
        "OTEL_RESOURCE_ATTRIBUTES",
    ];

    /// <summary>Null when nobody asked for traces.</summary>
    /// <param name="read">Reads a variable of the environment.</param>
    /// <exception cref="FormatException">A variable says nothing that makes sense; the message names it.</exception>
    public static OtlpSettings? Read(Func<string, string?> read)
    {
        string? Value(string name) => read(name) is { } text && text.Trim() is { Length: > 0 } trimmed ? trimmed : null;

        // Both, and also while switched off, for all are handed on to gateways; and whatever stands there, for what is no address
        // may hold a password all the same. The text is not repeated: it would be in the log.
        foreach (var name in (string[])[Endpoints, TracesEndpoint])
            if (Value(name)?.Contains('@', StringComparison.Ordinal) == true)
                throw new FormatException(
                    $"{name} holds a user or password; everybody who may read pods would see it: "
                    + "leave out what stands before the @, and give credentials in OTEL_EXPORTER_OTLP_HEADERS");
        if (string.Equals(Value("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)) return null;
        var variable = Value(TracesEndpoint) is null ? Endpoints : TracesEndpoint;
        if (Value(variable) is not { } text) return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
            throw new FormatException($"{variable} is \"{text}\"; give the collector's address, such as http://collector:4317");

        var protocol = Value("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL") ?? Value("OTEL_EXPORTER_OTLP_PROTOCOL") ?? "grpc";
        return protocol switch
        {
            "grpc" => new(endpoint, OverHttp: false),
            // The variable for all signals names the collector; the one for traces the very address.
            "http/protobuf" =>
                new(variable == Endpoints ? new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/v1/traces") : endpoint, OverHttp: true),
            _ => throw new FormatException($"OTEL_EXPORTER_OTLP_PROTOCOL is \"{protocol}\"; give grpc or http/protobuf"),
        };
    }
}
