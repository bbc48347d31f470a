using System.Text.Json.Nodes;
using Operator.Gateways.Channel;
using TestSupport.Files;
using TestSupport.Golden;

namespace Operator.Tests.Deploy;

/// <summary>deploy/components/monitoring says what the rules file and the chart say.</summary>
public class MonitoringComponentTests
{
    private const string Head = """
        # Made from deploy/monitoring/rules.yaml; SSTP_REWRITE_GOLDEN=1 on this component's test writes it anew.
        apiVersion: monitoring.coreos.com/v1
        kind: PrometheusRule
        metadata:
          name: sstp-operator
          namespace: sstp-system
          labels:
            app.kubernetes.io/name: sstp-operator
        spec:

        """;

    private static readonly string[] Kinds = ["PodMonitor", "ServiceMonitor", "PrometheusRule"];

    [Fact]
    public void Rule_object_holds_the_rules_file()
    {
        var rules = File.ReadAllLines(Path.Combine(Repository.Root, "deploy", "monitoring", "rules.yaml"))
            .Where(line => !line.StartsWith('#'));

        GoldenFile.Compare(
            Path.Combine(Repository.Root, "deploy", "components", "monitoring", "prometheus-rule.yaml"),
            Head + string.Concat(rules.Select(line => line.Length == 0 ? "\n" : $"  {line}\n")));
    }

    [HelmFact]
    public async Task Component_and_chart_hold_the_same_monitors()
    {
        var overlay = Monitors(Manifests.Parse(await Kubectl.KustomizeAsync("deploy/overlays/monitored")));

        var chart = Monitors(Manifests.Parse(
            await Helm.TemplateAsync("--set", "monitors.operator=true,monitors.gateways=true,monitors.rules=true")));

        Assert.Equal(Kinds.Order(StringComparer.Ordinal), overlay.Keys);
        Assert.Equal(overlay.Keys, chart.Keys);
        Assert.All(overlay, pair => Assert.True(
            JsonNode.DeepEquals(pair.Value, chart[pair.Key]), $"{pair.Key} differs:\n{pair.Value}\n{chart[pair.Key]}"));
    }

    [HelmFact]
    public async Task Both_have_the_operator_keep_the_certificate_that_the_ServiceMonitor_names()
    {
        foreach (var manifests in new[]
        {
            Manifests.Parse(await Kubectl.KustomizeAsync("deploy/overlays/monitored")),
            Manifests.Parse(await Helm.TemplateAsync("--set", "monitors.gateways=true")),
        })
        {
            var operatorPod =
                manifests.Single(manifest => Manifests.Kind(manifest) == "Deployment")["spec"]!["template"]!["spec"]!;
            var tls = manifests.Single(manifest =>
                Manifests.Kind(manifest) == "ServiceMonitor")["spec"]!["endpoints"]![0]!["tlsConfig"]!;

            var secret = (string)tls["cert"]!["secret"]!["name"]!;
            Assert.Equal(secret, (string?)tls["keySecret"]!["name"]);
            Assert.Equal(secret, (string?)tls["ca"]!["secret"]!["name"]);
            Assert.Equal(ChannelNames.AnyGateway, (string?)tls["serverName"]);
            Assert.Contains(
                $"--metrics-client-secret={secret}",
                ((JsonArray)operatorPod["containers"]![0]!["args"]!).Select(argument => (string)argument!));
        }

        var without = Manifests.Parse(await Helm.TemplateAsync()).Single(manifest => Manifests.Kind(manifest) == "Deployment");
        Assert.DoesNotContain("metrics-client", without.ToJsonString(), StringComparison.Ordinal);
    }

    private static SortedDictionary<string, JsonObject> Monitors(IEnumerable<JsonObject> manifests) =>
        new(
            manifests.Where(manifest => Kinds.Contains(Manifests.Kind(manifest))).ToDictionary(Manifests.Kind),
            StringComparer.Ordinal);
}
