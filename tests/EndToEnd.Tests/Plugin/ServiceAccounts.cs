using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EndToEnd.Tests.Cluster;

namespace EndToEnd.Tests.Plugin;

/// <summary>People with the rights that Roles give them, and no others.</summary>
internal static partial class ServiceAccounts
{
    private const string Rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/default";
    private const string Accounts = "/api/v1/namespaces/default/serviceaccounts";

    /// <param name="roles">Names of Roles that are there.</param>
    /// <returns>A kubeconfig that is the account's.</returns>
    public static async Task<string> CreateAsync(ClusterSite site, string name, params IEnumerable<string> roles)
    {
        await site.Api.ApplyAsync($"{Accounts}/{name}", new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ServiceAccount",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default" },
        });
        foreach (var role in roles)
        {
            await site.Api.ApplyAsync($"{Rbac}/rolebindings/{name}-{role}", new JsonObject
            {
                ["apiVersion"] = "rbac.authorization.k8s.io/v1",
                ["kind"] = "RoleBinding",
                ["metadata"] = new JsonObject { ["name"] = $"{name}-{role}", ["namespace"] = "default" },
                ["roleRef"] = new JsonObject { ["apiGroup"] = "rbac.authorization.k8s.io", ["kind"] = "Role", ["name"] = role },
                ["subjects"] = new JsonArray(
                    new JsonObject { ["kind"] = "ServiceAccount", ["name"] = name, ["namespace"] = "default" }),
            });
        }
        var token = (string)(await site.Api.PostAsync($"{Accounts}/{name}/token", []))!["status"]!["token"]!;
        return site.Laboratory.Folder.Write(
            $"{name}.kubeconfig", Token().Replace(await File.ReadAllTextAsync(site.Kubeconfig), $"token: {token}"));
    }

    public static Task ApplyRoleAsync(ClusterSite site, string name, string manifest) =>
        site.Api.ApplyYamlAsync($"{Rbac}/roles/{name}", manifest);

    [GeneratedRegex(@"token: \S+")]
    private static partial Regex Token();
}
