using KubeApi.Objects;
using Operator.Resources;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Records;

/// <summary>What a record's pass reads of the cluster. Narrow, so that passes can be tested without one.</summary>
public interface IRecordWorld
{
    /// <summary>The text of a Secret's entry, without white space around it;
    /// null when there is no Secret or no such entry.</summary>
    Task<string?> FindSecretAsync(string ns, SecretKeyReference reference, CancellationToken stopping);

    /// <summary>The text of a ConfigMap's entry; null when there is none.</summary>
    Task<string?> FindConfigMapAsync(string ns, ConfigMapKeyReference reference, CancellationToken stopping);

    /// <summary>The addresses of nodes that are ready; of each node those of the first type that it has.</summary>
    AddressSet NodeAddresses(IReadOnlyDictionary<string, string> selector, IReadOnlyList<NodeAddressType> types);

    /// <summary>The addresses that a Service's load balancer has.</summary>
    AddressSet ServiceAddresses(string ns, string name);

    /// <summary>The addresses of the nodes that run a VpnGateway.</summary>
    /// <param name="onlyReady">Only of gateways that take calls.</param>
    AddressSet GatewayAddresses(string ns, string name, IReadOnlyList<NodeAddressType> types, bool onlyReady);

    /// <summary>Records of the namespace at the same service with the same settings and Secrets,
    /// where one request can change several names.</summary>
    IReadOnlyList<ObjectKey> SiblingsOf(string ns, DnsProvider provider);

    /// <summary>The objects that want a name, in the order of their right to it: the oldest first.</summary>
    IReadOnlyList<string> ClaimantsOf(string fqdn);
}
