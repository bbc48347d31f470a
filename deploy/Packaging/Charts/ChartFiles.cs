namespace Packaging.Charts;

/// <summary>The made part of the Helm chart: the same objects as deploy/base,
/// with values in the places where sites differ.</summary>
/// <remarks>
/// values.yaml, its schema, the helper templates and the monitors are written by hand; all else of deploy/chart is made here.
/// With the values as they stand, and the namespace created, the chart renders what deploy/install.yaml holds; a test asks Helm.
/// </remarks>
public static class ChartFiles
{
    /// <summary>From the root of the repository.</summary>
    public const string Folder = "deploy/chart";

    private const string OwnNamespace = "{{ $.Release.Namespace }}";
    private const string Made = "{{- /* Made from {0} by `packaging chart`; change that, not this. */}}\n";

    private static readonly string[] Monitoring = ["rules.yaml", "dashboard-gateways.json", "dashboard-names.json"];

    /// <summary>Content by path below <see cref="Folder"/>.</summary>
    /// <param name="repository">The root of the repository.</param>
    /// <exception cref="InvalidDataException">A place that a value goes into is no longer there.</exception>
    public static IReadOnlyDictionary<string, string> Make(string repository)
    {
        var version = ProductVersion.Read(repository);
        var files = new Dictionary<string, string> { ["Chart.yaml"] = ChartYaml(version) };
        void Add(string name, string source, Func<ManifestText, ManifestText> change) =>
            files[$"templates/{name}"] = Made.Replace("{0}", source, StringComparison.Ordinal)
                + change(ManifestText.Read(repository, source));

        Add("namespace.yaml", "deploy/base/namespace.yaml", text =>
            text.With("  name: sstp-system", $"  name: {OwnNamespace}").If(".Values.namespace.create"));
        Add("service-account.yaml", "deploy/base/service-account.yaml", text => text.InNamespace(OwnNamespace));
        Add("cluster-role.yaml", "deploy/base/cluster-role.yaml", text => text);
        Add("cluster-role-binding.yaml", "deploy/base/cluster-role-binding.yaml", text =>
            WithSubject(text).If("not .Values.watchNamespaces"));
        Add("namespaced-role-bindings.yaml", "deploy/overlays/one-namespace/namespaced-role-binding.yaml", text =>
            WithSubject(text).With("  namespace: vpn", "  namespace: {{ . }}").ForEach(".Values.watchNamespaces"));
        Add("nodes.yaml", "deploy/overlays/one-namespace/nodes.yaml", text => WithSubject(text).If(".Values.watchNamespaces"));
        Add("role.yaml", "deploy/base/role.yaml", text => text.InNamespace(OwnNamespace));
        Add("role-binding.yaml", "deploy/base/role-binding.yaml", text => WithSubject(text).InNamespace(OwnNamespace));
        Add("user-roles.yaml", "deploy/base/user-roles.yaml", text => text);
        Add("deployment.yaml", "deploy/base/deployment.yaml", text => Deployment(text, version).InNamespace(OwnNamespace));
        Add("disruption-budget.yaml", "deploy/base/disruption-budget.yaml", text =>
            text.InNamespace(OwnNamespace).If(".Values.disruptionBudget.enabled"));

        foreach (var file in Directory.GetFiles(Path.Combine(repository, "crds"), "*.yaml")
            .Select(Path.GetFileName).Order(StringComparer.Ordinal))
            Add($"crds/{file}", $"crds/{file}", Definition);
        foreach (var file in Monitoring)
            files[$"files/{file}"] = File.ReadAllText(Path.Combine(repository, "deploy", "monitoring", file));
        return files;
    }

    private static ManifestText WithSubject(ManifestText text) =>
        text.With("    namespace: sstp-system", $"    namespace: {OwnNamespace}");

    /// <summary>Kept when the release goes: with a definition go all of its resources.</summary>
    private static ManifestText Definition(ManifestText text) => text
        .With(
            "  labels:",
            "  {{- if .Values.crds.keep }}\n  annotations:\n    helm.sh/resource-policy: keep\n  {{- end }}\n  labels:")
        .If(".Values.crds.install");

    private static ManifestText Deployment(ManifestText text, string version) => text
        .With("  replicas: 2", "  replicas: {{ .Values.replicas }}")
        .With("      serviceAccountName: sstp-operator", $$$"""
                  serviceAccountName: sstp-operator
            {{{Optional("imagePullSecrets", 6)}}}
            {{{Optional("priorityClassName", 6)}}}
            {{{Optional("nodeSelector", 6)}}}
            {{{Optional("tolerations", 6)}}}
            {{{Optional("affinity", 6)}}}
            """)
        .With($"          image: registry.example.org/sstp-operator:{version}", """
                      image: {{ include "sstp-operator.image" (dict "image" .Values.image "version" .Chart.AppVersion) }}
                      {{- with .Values.image.pullPolicy }}
                      imagePullPolicy: {{ . }}
                      {{- end }}
            """)
        .With($"            - registry.example.org/sstp-gateway:{version}", """
                        - {{ include "sstp-operator.image" (dict "image" .Values.gatewayImage "version" .Chart.AppVersion) }}
            """)
        .With("            - --json-log", """
                        {{- if .Values.jsonLog }}
                        - --json-log
                        {{- end }}
                        {{- range .Values.watchNamespaces }}
                        - --namespace={{ . }}
                        {{- end }}
                        {{- if not .Values.leaderElection }}
                        - --no-leader-election
                        {{- end }}
                        {{- if .Values.monitors.gateways }}
                        - --metrics-client-secret={{ .Values.monitors.gatewaysSecret }}
                        {{- end }}
                        {{- with .Values.extraArguments }}
                        {{- toYaml . | nindent 12 }}
                        {{- end }}
            """)
        .With("          ports:", $$$"""
            {{{Optional("environment", 10, "env")}}}
                      ports:
            """)
        .With(
            "            requests:\n              cpu: 100m\n              memory: 128Mi\n            limits:\n"
            + "              memory: 512Mi",
            "            {{- toYaml .Values.resources | nindent 12 }}");

    private static string Optional(string value, int indent, string? field = null)
    {
        var space = new string(' ', indent);
        return $"{space}{{{{- with .Values.{value} }}}}\n{space}{field ?? value}:\n{space}  {{{{- toYaml . "
            + $"| nindent {indent + 2} }}}}\n{space}{{{{- end }}}}";
    }

    private static string ChartYaml(string version) => $"""
        # Made by `packaging chart`; the version is the one in Directory.Build.props.
        apiVersion: v2
        name: sstp-operator
        description: SSTP VPN gateways, dynamic DNS names and self-renewing certificates as three kinds of resource
        type: application
        version: {version}
        appVersion: "{version}"
        kubeVersion: ">=1.26.0-0"
        keywords: [vpn, sstp, dynamic dns, acme, operator]

        """;
}
