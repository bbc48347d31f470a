using System.Text.Json.Nodes;

namespace KubeApi.Credentials;

/// <summary>The <c>exec</c> part of a user in a kubeconfig.</summary>
/// <param name="ApiVersion">client.authentication.k8s.io/v1 or v1beta1: the answer must be of the same.</param>
/// <param name="InstallHint">Shown when the command cannot be run.</param>
/// <param name="Cluster">What the plugin is told of the cluster (provideClusterInfo); null for nothing.</param>
public sealed record ExecPluginSettings(
    string Command, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment, string ApiVersion,
    string? InstallHint, JsonObject? Cluster);
