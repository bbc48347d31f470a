using KubeApi.Events;
using KubeApi.Objects;
using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.Cluster;

/// <summary>All that certificates need of the cluster beside their own resource:
/// the one seam between deciding and Kubernetes.</summary>
/// <remarks>
/// Reads of Secrets are fresh, never from a cache, for a step that was taken a moment ago has to be seen. Writes are the
/// complete intent of the operator, and done when the call returns.
/// </remarks>
internal interface ICertificateCluster
{
    /// <summary>Every certificate there is, as fresh as the cache.</summary>
    IReadOnlyCollection<SstpCertificate> All();

    /// <summary>Never throws, never waits.</summary>
    void Record(SstpCertificate certificate, EventType type, string reason, string message);

    Task<SecretContent?> ReadSecretAsync(ObjectKey key, CancellationToken stopping);

    /// <summary>Creates or replaces.</summary>
    Task WriteSecretAsync(SecretContent secret, CancellationToken stopping);

    /// <returns>False when there is one of that name already; nothing is changed then.</returns>
    Task<bool> TryCreateSecretAsync(SecretContent secret, CancellationToken stopping);

    Task DeleteSecretAsync(ObjectKey key, CancellationToken stopping);

    Task<ConfigMapContent?> ReadConfigMapAsync(ObjectKey key, CancellationToken stopping);

    Task WriteConfigMapAsync(ConfigMapContent configMap, CancellationToken stopping);
}
