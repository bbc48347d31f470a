using KubeApi.Objects;
using Operator.Certificates.Cluster;

namespace AcmeInterop.Tests.Cluster;

internal sealed record StoredSecret(string Type, Dictionary<string, byte[]> Data, Dictionary<string, string> Annotations)
{
    public static StoredSecret Of(SecretContent secret) =>
        new(secret.Type, secret.Data.ToDictionary(), secret.Annotations.ToDictionary());

    public SecretContent ToContent(string name) =>
        new(new ObjectKey(Operating.CertificateOperator.Namespace, name), Type, Data, Annotations);
}
