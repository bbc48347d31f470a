using System.Net;
using System.Net.NetworkInformation;
using KubeApi.Objects;
using KubectlSstp.Cluster;
using KubectlSstp.Doctor.Facts;
using Operator.Dns.Names;
using Operator.Dns.Resolving;
using Operator.Resources;
using Operator.Resources.VpnGateways;
using SstpClient.Calls;
using SstpClient.Probe;
using SstpTransport.Pumping;

namespace KubectlSstp.Doctor;

/// <summary>Looks at everything the diagnosis needs: objects in the cluster, servers of the name, addresses of the gateways.</summary>
/// <param name="credentials">Whom to log in as; null: no log-in.</param>
internal sealed class FactGatherer(ClusterSession cluster, ProbeCredentials? credentials, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<GatewayFacts> GatherAsync(string name, CancellationToken stopping)
    {
        var gateway = await cluster.GatewayAsync(name, stopping).ConfigureAwait(false);
        var record = await FindAsync(Kinds.DdnsRecords, RecordName(gateway), stopping).ConfigureAwait(false);
        var facts = new GatewayFacts
        {
            Gateway = gateway,
            Record = record,
            Certificate = await FindAsync(Kinds.SstpCertificates, CertificateName(gateway), stopping).ConfigureAwait(false),
            ClockAhead = await ClockAheadAsync(stopping).ConfigureAwait(false),
        };
        if (gateway.Spec.Hostname is { } host) facts = await AskNameServersAsync(facts, host, stopping).ConfigureAwait(false);

        var addresses = facts.Names.SelectMany(server => server.Addresses).Distinct(StringComparer.Ordinal).ToList();
        if (addresses.Count == 0) addresses = [.. gateway.Status?.Gateways.Select(endpoint => endpoint.Address).OfType<string>() ?? []];
        var reports = await Task.WhenAll(addresses.Select(address => ProbeAsync(gateway, address, stopping))).ConfigureAwait(false);
        return facts with { Addresses = reports };
    }

    private static string? RecordName(VpnGateway gateway) =>
        gateway.Spec.Publication is { } publication ? publication.RecordName ?? gateway.Metadata.Name : null;

    private static string? CertificateName(VpnGateway gateway) =>
        gateway.Spec.Certificate is { SecretName: null } certificate ? certificate.CertificateName ?? gateway.Metadata.Name : null;

    private async Task<T?> FindAsync<T>(ResourceType<T> type, string? name, CancellationToken stopping)
        where T : class
    {
        if (name is null) return null;
        var found = await cluster.Client.GetAsync(type, new ObjectKey(cluster.Namespace, name), stopping).ConfigureAwait(false);
        return found?.Value;
    }

    /// <summary>The operator's leader writes its time into its Lease every few seconds.</summary>
    private async Task<TimeSpan?> ClockAheadAsync(CancellationToken stopping)
    {
        var lease = await cluster.Client.GetAsync(BuiltIn.Leases, new ObjectKey("sstp-system", "sstp-operator"), stopping).ConfigureAwait(false);
        return time.GetUtcNow() - lease?.Value.Spec?.RenewTime;
    }

    private async Task<GatewayFacts> AskNameServersAsync(GatewayFacts facts, string host, CancellationToken stopping)
    {
        var resolvers = NetworkInterface.GetAllNetworkInterfaces().SelectMany(device => device.GetIPProperties().DnsAddresses).Distinct()
            .Select(address => new IPEndPoint(address, 53)).ToList();
        var resolver = new AuthoritativeResolver(new DnsExchange(time, Patience), resolvers);
        try
        {
            var name = DomainName.Parse(host);
            var zone = await resolver.FindZoneAsync(name, stopping).ConfigureAwait(false);
            var servers = await resolver.FindServersAsync(zone, stopping).ConfigureAwait(false);
            var answers = await Task.WhenAll(servers.Select(server => AskAsync(server.ToString(), true, type => resolver.AskAsync(server, name, type, stopping)))).ConfigureAwait(false);
            var own = await Task.WhenAll(resolvers.Select(end => AskAsync(end.Address.ToString(), false, type => resolver.AskResolverAsync(end, name, type, stopping)))).ConfigureAwait(false);
            return facts with { Names = [.. answers, .. own] };
        }
        catch (Exception e) when (e is ResolutionException or FormatException)
        {
            return facts with { NameProblem = $"{host}: {e.Message}" };
        }
    }

    private static async Task<NameFacts> AskAsync(string server, bool isAuthoritative, Func<RecordType, Task<ServerAnswer>> ask)
    {
        var addresses = new List<string>();
        string? problem = null;
        foreach (var type in new[] { RecordType.A, RecordType.Aaaa })
        {
            switch (await ask(type).ConfigureAwait(false))
            {
                case ServerAnswer.Data data:
                    addresses.AddRange(data.Records.Select(record => record.Address).OfType<IPAddress>().Select(address => address.ToString()));
                    break;
                case ServerAnswer.Refused refused:
                    problem = $"answers {refused.Code}";
                    break;
                case ServerAnswer.Silent silent:
                    problem = silent.Why;
                    break;
                case ServerAnswer.Referral:
                    problem = "does not hold the zone, although the zone's parent says so";
                    break;
                case ServerAnswer.Nothing { NameExists: false }:
                    problem = "says that the name does not exist";
                    break;
            }
        }
        return new NameFacts(server, isAuthoritative, addresses, addresses.Count > 0 ? null : problem);
    }

    private async Task<AddressFacts> ProbeAsync(VpnGateway gateway, string address, CancellationToken stopping)
    {
        var target = new ProbeTarget
        {
            Host = gateway.Spec.Hostname ?? address, Address = IPAddress.Parse(address), Port = gateway.Spec.Listening.Port, Credentials = credentials,
        };
        var prober = new Prober(new ProbeLogin(new MonotonicClock(time)), time);
        return new AddressFacts(address, await prober.RunAsync(target, stopping).ConfigureAwait(false));
    }
}
