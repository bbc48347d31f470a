using KubeApi.Objects;

namespace Operator.Certificates.Cluster;

/// <summary>A ConfigMap, as far as certificates are concerned.</summary>
/// <param name="BinaryData">Base64 on the wire.</param>
internal sealed record ConfigMapContent(
    ObjectKey Key, IReadOnlyDictionary<string, string> Data, IReadOnlyDictionary<string, byte[]> BinaryData);
