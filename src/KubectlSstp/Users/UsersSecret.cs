using System.Text;
using System.Text.Json.Nodes;
using GatewayConfig.Users;
using GatewayConfig.Yaml;
using KubeApi.Objects;
using KubectlSstp.Cluster;

namespace KubectlSstp.Users;

/// <summary>The Secret with a gateway's local users: read, changed and written
/// back if nobody else changed it meanwhile.</summary>
internal sealed class UsersSecret(ClusterSession cluster, string name)
{
    /// <summary>The key that gateways read.</summary>
    public const string FileName = "users.yaml";

    public ObjectKey Key { get; } = new(cluster.Namespace, name);

    /// <summary>The Secret that a gateway's spec names.</summary>
    public static async Task<UsersSecret> OfAsync(ClusterSession cluster, string gateway, CancellationToken stopping)
    {
        var spec = (await cluster.GatewayAsync(gateway, stopping).ConfigureAwait(false)).Spec;
        return new UsersSecret(cluster, spec.Authentication.UsersSecret?.Name ?? throw new RefusedException(
            $"VpnGateway {gateway} names no Secret with users: set spec.authentication.usersSecret.name first."));
    }

    /// <summary>All users; none when the Secret is not there yet.</summary>
    public async Task<UsersConfig> ReadAsync(CancellationToken stopping)
    {
        var secret = await cluster.Client.GetAsync(BuiltIn.Secrets, Key, stopping).ConfigureAwait(false);
        return secret?.Value.Find(FileName) is { } file ? Parse(file) : new UsersConfig();
    }

    /// <summary>Changes the list of users. Makes the Secret when there is none.</summary>
    public async Task ChangeAsync(Func<UsersConfig, UsersConfig> change, CancellationToken stopping)
    {
        var existing = await cluster.Client.GetAsync(BuiltIn.Secrets, Key, stopping).ConfigureAwait(false);
        if (existing is null)
        {
            await cluster.Client.CreateAsync(BuiltIn.Secrets, Manifest(change(new UsersConfig())), stopping)
                .ConfigureAwait(false);
            return;
        }

        // Somebody else's change in between is read again, and this change made on top of it.
        await cluster.Client.UpdateAsync(BuiltIn.Secrets, Key, manifest =>
        {
            var data = manifest["data"] as JsonObject ?? [];
            var before = data[FileName]?.GetValue<string>() is { } file
                ? Parse(Convert.FromBase64String(file))
                : new UsersConfig();
            data[FileName] = Convert.ToBase64String(UsersYaml.Write(change(before)));
            manifest["data"] = data;
            return true;
        }, stopping).ConfigureAwait(false);
    }

    private JsonObject Manifest(UsersConfig users) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["metadata"] = new JsonObject { ["name"] = Key.Name, ["namespace"] = Key.Namespace },
        ["type"] = "Opaque",
        ["data"] = new JsonObject { [FileName] = Convert.ToBase64String(UsersYaml.Write(users)) },
    };

    private UsersConfig Parse(byte[] file) =>
        UsersReader.TryRead(Encoding.UTF8.GetString(file), out var users, out var errors)
            ? users
            : throw new RefusedException(
                $"The users in Secret {Key} have mistakes, so they are left as they are. Correct them by hand:\n"
                + $"  {string.Join("\n  ", errors)}");
}
