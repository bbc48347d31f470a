using KubeApi.Objects;
using Operator.Resources.DdnsRecords;
using Operator.Resources.SstpCertificates;
using Operator.Resources.VpnGateways;

namespace Operator.Resources;

/// <summary>The operator's own kinds, as the API server serves them.</summary>
public static class Kinds
{
    public static ResourceType<VpnGateway> VpnGateways { get; } =
        new(ApiGroup.Name, ApiGroup.Version, "vpngateways", VpnGateway.KindName, ResourceJson.VpnGateway);

    public static ResourceType<DdnsRecord> DdnsRecords { get; } =
        new(ApiGroup.Name, ApiGroup.Version, "ddnsrecords", DdnsRecord.KindName, ResourceJson.DdnsRecord);

    public static ResourceType<SstpCertificate> SstpCertificates { get; } =
        new(ApiGroup.Name, ApiGroup.Version, "sstpcertificates", SstpCertificate.KindName, ResourceJson.SstpCertificate);
}
