using System.Text.Json.Nodes;
using LocalControlPlane.Objects;
using LocalControlPlane.Resources;
using LocalControlPlane.Storage;

namespace LocalControlPlane;

/// <summary>What tools expect to find in any cluster.</summary>
internal static class FirstObjects
{
    public static async Task CreateAsync(ObjectStore store, ObjectWriter writer)
    {
        foreach (var name in (string[])["default", "kube-system"])
        {
            if (store.Find(new ObjectKey(BuiltInTypes.Namespace.StorageName, "", name)) is not null) continue;
            var body = new JsonObject
            {
                ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name },
            };
            await writer.CreateAsync(BuiltInTypes.Namespace, "", body, new WriteOptions("sstp-operator-local"))
                .ConfigureAwait(false);
        }
    }
}
