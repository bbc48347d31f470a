using System.Text.Json;
using System.Text.Json.Nodes;
using KubeApi.Client;
using KubeApi.Events;
using KubeApi.Objects;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.Cluster;

/// <summary>The seam to a real API server: server-side apply under one name, and reads that no cache answers.</summary>
internal sealed class KubeCertificateCluster(KubeClient client, Watches watches, IEventRecorder events) : ICertificateCluster
{
    /// <summary>Constant for ever: fields of a renamed manager could never be removed.</summary>
    private const string FieldManager = "sstp-operator-certificates";

    private static readonly ResourceType<JsonElement> ConfigMaps =
        new("", "v1", "configmaps", "ConfigMap", ResourceJson.Info<JsonElement>());

    private readonly Watched<SstpCertificate> _certificates = watches.Of(Kinds.SstpCertificates);

    public IReadOnlyCollection<SstpCertificate> All() => [.. _certificates.Cache.All().Select(certificate => certificate.Value)];

    public void Record(SstpCertificate certificate, EventType type, string reason, string message)
    {
        var metadata = certificate.Metadata;
        var regarding = new ObjectMeta
        {
            Name = metadata.Name,
            Namespace = metadata.Namespace ?? "",
            Uid = metadata.Uid ?? "",
            ResourceVersion = metadata.ResourceVersion ?? "",
        };
        events.Record(Kinds.SstpCertificates, regarding, type, reason, "Issue", message);
    }

    public async Task<SecretContent?> ReadSecretAsync(ObjectKey key, CancellationToken stopping)
    {
        if (await client.GetAsync(BuiltIn.Secrets, key, stopping) is not { } stored) return null;

        var owner = stored.Metadata.OwnerReferences.FirstOrDefault(reference => reference.Kind == SstpCertificate.KindName);
        return new SecretContent(
            key, stored.Value.Type ?? SecretContent.Opaque, stored.Value.Data ?? new Dictionary<string, byte[]>(),
            stored.Metadata.Annotations, owner?.Name, owner?.Uid);
    }

    public Task WriteSecretAsync(SecretContent secret, CancellationToken stopping) =>
        client.ApplyAsync(BuiltIn.Secrets, Manifest(secret), FieldManager, stopping);

    public async Task<bool> TryCreateSecretAsync(SecretContent secret, CancellationToken stopping)
    {
        try
        {
            await client.CreateAsync(BuiltIn.Secrets, Manifest(secret), stopping);
            return true;
        }
        catch (KubeApiException refusal) when (refusal.IsAlreadyExists)
        {
            return false;
        }
    }

    public Task DeleteSecretAsync(ObjectKey key, CancellationToken stopping) =>
        client.DeleteAsync(BuiltIn.Secrets, key, new DeleteOptions(), stopping);

    public async Task<ConfigMapContent?> ReadConfigMapAsync(ObjectKey key, CancellationToken stopping)
    {
        if (await client.GetAsync(ConfigMaps, key, stopping) is not { } stored) return null;

        return new ConfigMapContent(
            key, Entries(stored.Json, "data").ToDictionary(entry => entry.Name, entry => entry.Value.GetString() ?? ""),
            Entries(stored.Json, "binaryData").ToDictionary(entry => entry.Name, entry => entry.Value.GetBytesFromBase64()));
    }

    public Task WriteConfigMapAsync(ConfigMapContent configMap, CancellationToken stopping)
    {
        var manifest = Head("ConfigMap", configMap.Key);
        manifest["data"] = new JsonObject(configMap.Data.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
        manifest["binaryData"] = Binary(configMap.BinaryData);
        return client.ApplyAsync(ConfigMaps, manifest, FieldManager, stopping);
    }

    private static JsonObject Manifest(SecretContent secret)
    {
        var manifest = Head("Secret", secret.Key);
        var metadata = (JsonObject)manifest["metadata"]!;
        metadata["annotations"] = new JsonObject(
            secret.Annotations.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
        if (secret is { OwnerName: { } name, OwnerUid: { } uid })
        {
            metadata["ownerReferences"] = new JsonArray(new KubeApi.Objects.OwnerReference(
                ApiGroup.ApiVersion, SstpCertificate.KindName, name, uid, Controller: true, BlockOwnerDeletion: true)
                .ToJson());
        }

        manifest["type"] = secret.Type;
        manifest["data"] = Binary(secret.Data);
        return manifest;
    }

    private static JsonObject Head(string kind, ObjectKey key) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = kind,
        ["metadata"] = new JsonObject
        {
            ["name"] = key.Name,
            ["namespace"] = key.Namespace,
            ["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "sstp-operator" },
        },
    };

    private static JsonObject Binary(IReadOnlyDictionary<string, byte[]> data) =>
        new(data.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)Convert.ToBase64String(entry.Value))));

    private static JsonElement.ObjectEnumerator Entries(JsonElement json, string field) =>
        json.TryGetProperty(field, out var map) && map.ValueKind == JsonValueKind.Object ? map.EnumerateObject() : default;
}
