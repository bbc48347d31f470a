using System.Text.Json;
using KubeApi.Events;
using KubeApi.Objects;
using Operator.Certificates.Cluster;
using Operator.Resources;
using Operator.Resources.SstpCertificates;

namespace AcmeInterop.Tests.Cluster;

/// <summary>A cluster in a folder, one file an object: what is written is there for the next process,
/// whatever becomes of this one.</summary>
internal sealed class FolderCluster(string folder) : ICertificateCluster
{
    private static readonly JsonSerializerOptions Json = new() { IncludeFields = true };

    /// <summary>Called before each write.</summary>
    public Action<string> BeforeWrite { get; init; } = _ => { };

    public List<string> Events { get; } = [];

    public IReadOnlyCollection<SstpCertificate> All() => [.. Directory.GetFiles(folder, "certificate-*.json").Select(Load)];

    public SstpCertificate Get(string name) => Load(PathOf("certificate", name));

    public void Put(SstpCertificate certificate)
    {
        BeforeWrite($"certificate {certificate.Metadata.Name}");
        Write(
            PathOf("certificate", certificate.Metadata.Name),
            JsonSerializer.SerializeToUtf8Bytes(certificate, ResourceJson.SstpCertificate));
    }

    public void Remove(string name) => File.Delete(PathOf("certificate", name));

    public bool Has(string kind, string name) => File.Exists(PathOf(kind, name));

    public IEnumerable<string> Secrets =>
        Directory.GetFiles(folder, "secret-*.json").Select(path => Path.GetFileNameWithoutExtension(path)["secret-".Length..]);

    public void Record(SstpCertificate certificate, EventType type, string reason, string message) =>
        Events.Add($"{type} {reason}: {message}");

    public SecretContent? ReadSecret(string name) =>
        Has("secret", name)
            ? JsonSerializer.Deserialize<StoredSecret>(File.ReadAllBytes(PathOf("secret", name)), Json)!.ToContent(name)
            : null;

    public Task<SecretContent?> ReadSecretAsync(ObjectKey key, CancellationToken stopping) =>
        Task.FromResult(ReadSecret(key.Name));

    public Task WriteSecretAsync(SecretContent secret, CancellationToken stopping)
    {
        BeforeWrite($"secret {secret.Key.Name}");
        Write(PathOf("secret", secret.Key.Name), JsonSerializer.SerializeToUtf8Bytes(StoredSecret.Of(secret), Json));
        return Task.CompletedTask;
    }

    public async Task<bool> TryCreateSecretAsync(SecretContent secret, CancellationToken stopping)
    {
        if (Has("secret", secret.Key.Name)) return false;

        await WriteSecretAsync(secret, stopping);
        return true;
    }

    public Task DeleteSecretAsync(ObjectKey key, CancellationToken stopping)
    {
        BeforeWrite($"delete {key.Name}");
        File.Delete(PathOf("secret", key.Name));
        return Task.CompletedTask;
    }

    public Task<ConfigMapContent?> ReadConfigMapAsync(ObjectKey key, CancellationToken stopping) =>
        Task.FromResult(Has("configmap", key.Name)
            ? new ConfigMapContent(
                key, JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(PathOf("configmap", key.Name)))!,
                new Dictionary<string, byte[]>())
            : null);

    public Task WriteConfigMapAsync(ConfigMapContent configMap, CancellationToken stopping)
    {
        Write(PathOf("configmap", configMap.Key.Name), JsonSerializer.SerializeToUtf8Bytes(configMap.Data));
        return Task.CompletedTask;
    }

    private string PathOf(string kind, string name) => Path.Combine(folder, $"{kind}-{name}.json");

    private static SstpCertificate Load(string path) =>
        JsonSerializer.Deserialize(File.ReadAllBytes(path), ResourceJson.SstpCertificate)!;

    /// <summary>Whole or not at all, as an API server does.</summary>
    private static void Write(string path, byte[] content)
    {
        File.WriteAllBytes(path + ".new", content);
        File.Move(path + ".new", path, overwrite: true);
    }
}
