using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using KubeApi.Objects;
using Operator.Certificates.Cluster;
using Operator.Resources;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.Ordering;

/// <summary>Keeps an order under way, and the key it is for, in one Secret: both are there, or neither is.</summary>
internal sealed class OrderStore(ICertificateCluster cluster)
{
    private const string ProgressEntry = "order.json";

    private static readonly JsonTypeInfo<OrderProgress> Json = ResourceJson.Info<OrderProgress>();

    public static ObjectKey KeyOf(SstpCertificate certificate) =>
        new(certificate.Metadata.Namespace ?? "", SecretNames.Order(certificate.Metadata.Name));

    /// <summary>Null when none is under way.</summary>
    public async Task<StoredOrder?> ReadAsync(SstpCertificate certificate, CancellationToken stopping)
    {
        if (await cluster.ReadSecretAsync(KeyOf(certificate), stopping) is not { } secret) return null;

        try
        {
            var progress = JsonSerializer.Deserialize(secret.Text(ProgressEntry) ?? "", Json);
            if (progress is not null && secret.Text(SecretContent.KeyEntry) is { } key) return new StoredOrder(progress, key);
        }
        catch (JsonException failure)
        {
            throw new BlockedException(
                "OrderUnreadable",
                $"Secret {secret.Key.Name} holds an order that cannot be read ({failure.Message}); "
                + "delete it, and a new order begins");
        }

        throw new BlockedException(
            "OrderUnreadable", $"Secret {secret.Key.Name} holds no order; delete it, and a new order begins");
    }

    public Task WriteAsync(SstpCertificate certificate, StoredOrder order, CancellationToken stopping)
    {
        var data = new Dictionary<string, byte[]>
        {
            [SecretContent.KeyEntry] = Encoding.ASCII.GetBytes(order.KeyPem),
            [ProgressEntry] = JsonSerializer.SerializeToUtf8Bytes(order.Progress, Json),
        };
        var annotations = new Dictionary<string, string> { [CertificateAnnotations.Certificate] = certificate.Metadata.Name };
        return cluster.WriteSecretAsync(
            new SecretContent(
                KeyOf(certificate), SecretContent.Opaque, data, annotations, certificate.Metadata.Name, certificate.Metadata.Uid),
            stopping);
    }

    public Task DeleteAsync(SstpCertificate certificate, CancellationToken stopping) =>
        cluster.DeleteSecretAsync(KeyOf(certificate), stopping);
}
