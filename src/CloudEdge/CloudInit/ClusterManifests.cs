using CloudEdge.Configuration;
using CloudEdge.Names;
using CloudEdge.Programs;

namespace CloudEdge.CloudInit;

/// <summary>Kubernetes objects that the first server's k3s applies by itself from its manifests folder,
/// or that its script applies after.</summary>
internal sealed class ClusterManifests(EdgeConfiguration configuration, Output<string>? dnsToken)
{
    private const string Folder = "/var/lib/rancher/k3s/server/manifests";

    public IEnumerable<CloudFile> Files(UserData values)
    {
        // The operator's namespace comes before anything is deployed, for the token needs a place.
        yield return new($"{Folder}/sstp-edge-namespace.yaml", "0600", CloudConfigText.Document(Namespace()));
        if (dnsToken is not null)
            yield return new(
                $"{Folder}/sstp-edge-dns-token.yaml", "0600", CloudConfigText.Document(TokenSecret(values.Mark(dnsToken))));
        if (configuration.Bootstrap != Bootstrap.ArgoCd) yield break;

        yield return new($"{Folder}/sstp-edge-argocd.yaml", "0600", CloudConfigText.Document(ArgoCdChart()));

        // Not in the folder: its kind exists only once Argo CD is there. The script waits for that.
        yield return new("/etc/sstp-edge/application.yaml", "0644", CloudConfigText.Document(Application()));
    }

    private static YamlMappingNode Namespace()
    {
        var metadata = new YamlMappingNode
        {
            { "name", EdgeNames.Namespace },
            // Gateways use the host's network and its TUN device.
            { "labels", new YamlMappingNode { { "pod-security.kubernetes.io/enforce", "privileged" } } },
        };
        return Object("v1", "Namespace", metadata);
    }

    private static YamlMappingNode TokenSecret(string token)
    {
        var secret = Object(
            "v1", "Secret", new YamlMappingNode { { "name", EdgeNames.TokenSecret }, { "namespace", EdgeNames.Namespace } });
        secret.Add("type", "Opaque");
        secret.Add("stringData", new YamlMappingNode { { EdgeNames.TokenKey, token } });
        return secret;
    }

    /// <summary>k3s' own way of installing a chart.</summary>
    private static YamlMappingNode ArgoCdChart()
    {
        var chart = Object(
            "helm.cattle.io/v1", "HelmChart", new YamlMappingNode { { "name", "argo-cd" }, { "namespace", "kube-system" } });
        chart.Add("spec", new YamlMappingNode
        {
            { "repo", "https://argoproj.github.io/argo-helm" },
            { "chart", "argo-cd" },
            { "targetNamespace", "argocd" },
            { "createNamespace", "true" },
        });
        return chart;
    }

    private YamlMappingNode Application()
    {
        var application = Object(
            "argoproj.io/v1alpha1", "Application",
            new YamlMappingNode { { "name", "sstp-operator" }, { "namespace", "argocd" } });
        application.Add("spec", new YamlMappingNode
        {
            { "project", "default" },
            { "source", new YamlMappingNode
            {
                { "repoURL", configuration.Repository! }, { "targetRevision", configuration.Revision }, { "path", "deploy/base" },
            } },
            {
                "destination",
                new YamlMappingNode { { "server", "https://kubernetes.default.svc" }, { "namespace", EdgeNames.Namespace } } },
            {
                "syncPolicy", new YamlMappingNode
                {
                    { "automated", new YamlMappingNode { { "prune", "true" }, { "selfHeal", "true" } } },
                    { "syncOptions", new YamlSequenceNode(new YamlScalarNode("ServerSideApply=true")) },
                }
            },
        });
        return application;
    }

    private static YamlMappingNode Object(string apiVersion, string kind, YamlMappingNode metadata) =>
        new() { { "apiVersion", apiVersion }, { "kind", kind }, { "metadata", metadata } };
}
