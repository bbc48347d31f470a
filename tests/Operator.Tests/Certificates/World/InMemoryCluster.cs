using System.Text.Json;
using KubeApi.Events;
using KubeApi.Objects;
using Operator.Certificates.Cluster;
using Operator.Resources;
using Operator.Resources.SstpCertificates;

namespace Operator.Tests.Certificates.World;

/// <summary>A cluster that holds what it is given. Certificates go through JSON,
/// as they would on their way to a server.</summary>
internal sealed class InMemoryCluster : ICertificateCluster
{
    private readonly Dictionary<ObjectKey, SstpCertificate> _certificates = [];

    public Dictionary<ObjectKey, SecretContent> Secrets { get; } = [];

    public Dictionary<ObjectKey, ConfigMapContent> ConfigMaps { get; } = [];

    public List<(ObjectKey Key, EventType Type, string Reason, string Message)> Events { get; } = [];

    public int StatusWrites { get; private set; }

    /// <summary>Called before each write; a test may stop the world here.</summary>
    public Action<string> BeforeWrite { get; set; } = _ => { };

    public SstpCertificate this[ObjectKey key] => _certificates[key];

    public void Put(SstpCertificate certificate) =>
        _certificates[new(certificate.Metadata.Namespace!, certificate.Metadata.Name)] = RoundTrip(certificate);

    public bool Has(ObjectKey key) => _certificates.ContainsKey(key);

    public IReadOnlyCollection<SstpCertificate> All() => _certificates.Values;

    public void Remove(ObjectKey key) => _certificates.Remove(key);

    public void WriteStatus(ObjectKey key, SstpCertificateStatus status)
    {
        BeforeWrite("status");
        StatusWrites++;
        Put(_certificates[key] with { Status = status });
    }

    public void Record(SstpCertificate certificate, EventType type, string reason, string message) =>
        Events.Add((new ObjectKey(certificate.Metadata.Namespace!, certificate.Metadata.Name), type, reason, message));

    public Task<SecretContent?> ReadSecretAsync(ObjectKey key, CancellationToken stopping) =>
        Task.FromResult(Secrets.GetValueOrDefault(key));

    public Task WriteSecretAsync(SecretContent secret, CancellationToken stopping)
    {
        BeforeWrite($"secret {secret.Key.Name}");
        Secrets[secret.Key] = secret;
        return Task.CompletedTask;
    }

    public Task<bool> TryCreateSecretAsync(SecretContent secret, CancellationToken stopping)
    {
        BeforeWrite($"secret {secret.Key.Name}");
        return Task.FromResult(Secrets.TryAdd(secret.Key, secret));
    }

    public Task DeleteSecretAsync(ObjectKey key, CancellationToken stopping)
    {
        BeforeWrite($"delete {key.Name}");
        Secrets.Remove(key);
        return Task.CompletedTask;
    }

    public Task<ConfigMapContent?> ReadConfigMapAsync(ObjectKey key, CancellationToken stopping) =>
        Task.FromResult(ConfigMaps.GetValueOrDefault(key));

    public Task WriteConfigMapAsync(ConfigMapContent configMap, CancellationToken stopping)
    {
        BeforeWrite($"configmap {configMap.Key.Name}");
        ConfigMaps[configMap.Key] = configMap;
        return Task.CompletedTask;
    }

    private static SstpCertificate RoundTrip(SstpCertificate certificate) =>
        JsonSerializer.Deserialize(
            JsonSerializer.Serialize(certificate, ResourceJson.SstpCertificate), ResourceJson.SstpCertificate)!;
}
