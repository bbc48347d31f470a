using Operator.Resources.DdnsRecords;
using Operator.Resources.SstpCertificates;
using Operator.Resources.VpnGateways;

namespace Operator.StatusPage;

/// <summary>What the page shows: the objects as the operator's caches have them.</summary>
/// <param name="Now">Ages and remaining times are reckoned from it.</param>
public sealed record StatusPageModel(
    IReadOnlyList<VpnGateway> Gateways,
    IReadOnlyList<DdnsRecord> Records,
    IReadOnlyList<SstpCertificate> Certificates,
    string Version,
    DateTimeOffset Now);
