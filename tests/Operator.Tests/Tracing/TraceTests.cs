using System.Text;
using Operator.Reconciling;
using Operator.Tests.Reconciling;
using TraceExport;

namespace Operator.Tests.Tracing;

/// <summary>Spans of the operator, from its sources to a collector.</summary>
public class TraceTests
{
    private const string Secret = "hush-1234";

    private static readonly KubeApi.Objects.ObjectKey Key = new("traced", "home");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pass_and_the_calls_in_it_reach_a_collector(bool overHttp)
    {
        await using var collector = await Collector.StartAsync(overHttp);
        var settings = new OtlpSettings(overHttp ? new Uri(collector.Address, "/v1/traces") : collector.Address, overHttp);

        using (OtlpTraces.Start(settings, "sstp-operator", "1.2.3", ReconcileTracing.SourceName))
        {
            using var pass = ReconcileTracing.Pass("DdnsRecord", Key);
            using (var call = ReconcileTracing.Call("Cloudflare", "apply")) ReconcileTracing.End(call, "failed", "Credentials");
            ReconcileTracing.End(pass, "done", null);
        }

        // Others of this process may have traced meanwhile.
        var outer = collector.Spans.Single(span => span.Attributes.GetValueOrDefault("k8s.namespace.name") == "traced");
        Assert.Equal(
            ("sstp-operator", ReconcileTracing.SourceName, "reconcile DdnsRecord"), (outer.Service, outer.Scope, outer.Name));
        Assert.Equal(("home", "done"), (outer.Attributes["sstp.resource.name"], outer.Attributes["sstp.result"]));
        Assert.False(outer.IsError);
        var inner = collector.Spans.Single(span => span.Parent == outer.Id);
        Assert.Equal("Cloudflare apply", inner.Name);
        Assert.Equal("Credentials", inner.Attributes["error.type"]);
        Assert.True(inner.IsError);
    }

    [Fact]
    public async Task A_controller_traces_its_passes_and_tells_of_errors_only_their_type()
    {
        await using var collector = await Collector.StartAsync(overHttp: true);
        var settings = new OtlpSettings(new Uri(collector.Address, "/v1/traces"), OverHttp: true);

        using (OtlpTraces.Start(settings, "sstp-operator", "1.2.3", ReconcileTracing.SourceName))
        await using (var test = new ControllerTest())
        {
            var record = ControllerTest.Manifest();
            (record["metadata"]!["namespace"], record["metadata"]!["name"]) = ("traced-controller", "mine");
            test.Reconciler.Reconcile = _ => test.Reconciler.Passes == 1
                ? throw new HttpRequestException($"no answer from https://example.org/?token={Secret}")
                : new(ControllerTest.ScriptedReconciler.Ready());
            test.Api.Put(
                ControllerTest.Path.Replace(
                    "ns/ddnsrecords/home", "traced-controller/ddnsrecords/mine", StringComparison.Ordinal),
                record);
            var controller = test.Start();
            await test.UntilAsync(
                "the second pass", () => test.Reconciler.Passes >= 2 && controller.IsQuiet, TimeSpan.FromSeconds(1));
        }

        var passes = collector.Spans.Where(span => span.Attributes.GetValueOrDefault("k8s.namespace.name") == "traced-controller")
            .ToList();
        Assert.All(passes, span => Assert.Equal("reconcile DdnsRecord", span.Name));
        Assert.Contains(passes, span => span.IsError && span.Attributes["error.type"] == nameof(HttpRequestException)
            && span.Attributes["sstp.result"] == "failed");
        Assert.Contains(passes, span => !span.IsError && span.Attributes["sstp.result"] == "done");
        Assert.DoesNotContain(collector.Bodies, body => Encoding.UTF8.GetString(body).Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public void Nobody_asked_for_traces_and_a_span_is_nothing()
    {
        Assert.Null(OtlpSettings.Read(_ => null));
        Assert.Null(OtlpSettings.Read(
            name => name switch { "OTEL_EXPORTER_OTLP_ENDPOINT" => "http://c:4317", "OTEL_SDK_DISABLED" => "true", _ => null }));
    }

    [Theory]
    [InlineData(null, null, "http://c:4317/", false)]
    [InlineData("grpc", null, "http://c:4317/", false)]
    [InlineData("http/protobuf", null, "http://c:4317/v1/traces", true)]
    [InlineData("grpc", "http/protobuf", "http://c:4317/v1/traces", true)]
    public void Variables_are_read_as_the_specification_has_them(string? all, string? traces, string endpoint, bool overHttp) =>
        Assert.Equal(new OtlpSettings(new Uri(endpoint), overHttp), OtlpSettings.Read(name => name switch
        {
            "OTEL_EXPORTER_OTLP_ENDPOINT" => "http://c:4317",
            "OTEL_EXPORTER_OTLP_PROTOCOL" => all,
            "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL" => traces,
            _ => null,
        }));

    [Theory]
    [InlineData("collector", "grpc", "OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("http://c:4317", "thrift", "OTEL_EXPORTER_OTLP_PROTOCOL")]
    public void What_cannot_be_is_named(string endpoint, string protocol, string named)
    {
        var refused = Assert.Throws<FormatException>(() => OtlpSettings.Read(name => name switch
        {
            "OTEL_EXPORTER_OTLP_ENDPOINT" => endpoint,
            "OTEL_EXPORTER_OTLP_PROTOCOL" => protocol,
            _ => null,
        }));
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "https://anna:hunter2@collector:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "https://anna:hunter2@collector:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "anna:hunter2@collector:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "https://anna:hunter2@collector:port")]
    public void An_address_with_a_password_in_it_is_refused_without_repeating_it(string variable, string address)
    {
        var refused = Assert.Throws<FormatException>(() => OtlpSettings.Read(name => name == variable
            ? address
            : name switch { "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT" => "http://c:4317", "OTEL_SDK_DISABLED" => "true", _ => null }));
        Assert.Contains($"{variable} holds a user or password", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_of_traces_are_not_told_to_services_outside()
    {
        using var dns = Operator.Dns.DnsServices.NewHandler();
        using var acme = Operator.Certificates.Accounts.AcmeClients.Tls(null);

        Assert.Null(Assert.IsType<SocketsHttpHandler>(dns).ActivityHeadersPropagator);
        Assert.Null(Assert.IsType<SocketsHttpHandler>(acme).ActivityHeadersPropagator);
    }
}
