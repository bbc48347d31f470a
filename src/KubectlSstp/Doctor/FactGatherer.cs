using System.Net;
using System.Net.NetworkInformation;
using System.Security.Cryptography.X509Certificates;
using GatewayConfig.Formats;
using GatewayConfig.Users;
using KubeApi.Client;
using KubeApi.Objects;
using KubectlSstp.Cluster;
using KubectlSstp.Doctor.Facts;
using KubectlSstp.Users;
using Operator.Dns.Names;
using Operator.Dns.Resolving;
using Operator.Gateways.Planning;
using Operator.Resources;
using Operator.Resources.VpnGateways;
using SstpClient.Calls;
using SstpClient.Probe;
using SstpTransport.Pumping;
using GatewayFacts = KubectlSstp.Doctor.Facts.GatewayFacts;

namespace KubectlSstp.Doctor;

/// <summary>Looks at everything the diagnosis needs: objects in the cluster,
/// servers of the name, addresses of the gateways.</summary>
/// <param name="credentials">Whom to log in as; null: no log-in.</param>
/// <param name="authorities">The only ones to trust; empty: the certificate issuer's own, or those of the system.</param>
internal sealed class FactGatherer(
    ClusterSession cluster, ProbeCredentials? credentials, IReadOnlyList<X509Certificate2> authorities, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<GatewayFacts> GatherAsync(string name, CancellationToken stopping)
    {
        var gateway = await cluster.GatewayAsync(name, stopping).ConfigureAwait(false);
        var logs = new GatewayLogs(cluster);
        var (before, problem) = await logs.ReadAsync(gateway, stopping).ConfigureAwait(false);
        var root = authorities.Count > 0
            ? null
            : await new IssuerAuthority(cluster).FindAsync(gateway, stopping).ConfigureAwait(false);
        var facts = new GatewayFacts
        {
            Gateway = gateway,
            Record = await FindAsync(Kinds.DdnsRecords, GatewayNames.Record(gateway), stopping).ConfigureAwait(false),
            Certificate = await FindAsync(Kinds.SstpCertificates, GatewayNames.Certificate(gateway), stopping)
                .ConfigureAwait(false),
            ClockAhead = cluster.Client.ClockAhead,
            Failures = before is null ? null : FailureLog.Count(before),
            LogProblem = problem,
            Trust = authorities.Count > 0 ? "--ca" : root?.Where,
        };
        if (credentials is not null) facts = await AccountAsync(facts, credentials.UserName, stopping).ConfigureAwait(false);
        if (gateway.Spec.Hostname is { } host) facts = await AskNameServersAsync(facts, host, stopping).ConfigureAwait(false);

        var addresses = facts.Names.SelectMany(server => server.Addresses).Distinct(StringComparer.Ordinal).ToList();
        if (addresses.Count == 0)
            addresses = [.. gateway.Status?.Gateways.Select(endpoint => endpoint.Address).OfType<string>() ?? []];
        var trusted = root?.Certificates ?? authorities;
        var reports = await Task.WhenAll(addresses.Select(address => ProbeAsync(gateway, address, trusted, stopping)))
            .ConfigureAwait(false);
        facts = facts with { Addresses = reports };
        if (before is null || !reports.Any(address => address.Report.FailedStep == ProbeStep.Login)) return facts;

        var (after, _) = await logs.ReadAsync(gateway, stopping).ConfigureAwait(false);
        return facts with { Refusal = after?.LastOrDefault(call => IsOwn(call) && !before.Contains(call)) };
    }

    private bool IsOwn(FailedCall call) => string.Equals(call.User, credentials?.UserName, StringComparison.OrdinalIgnoreCase);

    private async Task<T?> FindAsync<T>(ResourceType<T> type, string? name, CancellationToken stopping)
        where T : class
    {
        if (name is null) return null;
        var found = await cluster.Client.GetAsync(type, new ObjectKey(cluster.Namespace, name), stopping).ConfigureAwait(false);
        return found?.Value;
    }

    private async Task<GatewayFacts> AccountAsync(GatewayFacts facts, string user, CancellationToken stopping)
    {
        facts = facts with { User = user };
        if (facts.Gateway.Spec.Authentication.UsersSecret?.Name is not { } name) return facts;
        try
        {
            var entry = (await new UsersSecret(cluster, name).ReadAsync(stopping).ConfigureAwait(false)).Users
                .FirstOrDefault(known => string.Equals(known.Name, user, StringComparison.OrdinalIgnoreCase));
            return facts with { IsUserListKnown = true, Account = entry is null ? null : StateOf(entry) };
        }
        catch (Exception e) when (e is KubeApiException or RefusedException)
        {
            return facts;
        }
    }

    private AccountState StateOf(UserConfig entry)
    {
        if (entry.Disabled) return AccountState.Disabled;
        return entry.Expires is { } text && ExpiryText.TryParse(text, out var expires) && expires <= time.GetUtcNow()
            ? AccountState.Expired
            : AccountState.Usual;
    }

    private async Task<GatewayFacts> AskNameServersAsync(GatewayFacts facts, string host, CancellationToken stopping)
    {
        var resolvers = NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(device => device.GetIPProperties().DnsAddresses)
            .Distinct()
            .Select(address => new IPEndPoint(address, 53)).ToList();
        var resolver = new AuthoritativeResolver(new DnsExchange(time, Patience), resolvers);
        try
        {
            var name = DomainName.Parse(host);
            var zone = await resolver.FindZoneAsync(name, stopping).ConfigureAwait(false);
            var servers = await resolver.FindServersAsync(zone, stopping).ConfigureAwait(false);
            var answers = await Task.WhenAll(servers.Select(server => AskAsync(server.ToString(), true, type =>
                resolver.AskAsync(server, name, type, stopping)))).ConfigureAwait(false);
            var own = await Task.WhenAll(resolvers.Select(end => AskAsync(end.Address.ToString(), false, type =>
                resolver.AskResolverAsync(end, name, type, stopping)))).ConfigureAwait(false);
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
        var exists = true;
        foreach (var type in new[] { RecordType.A, RecordType.Aaaa })
        {
            switch (await ask(type).ConfigureAwait(false))
            {
                case ServerAnswer.Data data:
                    addresses.AddRange(
                        data.Records.Select(record => record.Address).OfType<IPAddress>().Select(address => address.ToString()));
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
                case ServerAnswer.Nothing { NameExists: var isThere }:
                    exists &= isThere;
                    problem ??= isThere ? "knows the name, but no address of it" : "says that the name does not exist";
                    break;
            }
        }
        return new NameFacts(server, isAuthoritative, addresses, addresses.Count > 0 ? null : problem, exists);
    }

    private async Task<AddressFacts> ProbeAsync(
        VpnGateway gateway, string address, IReadOnlyList<X509Certificate2> trusted, CancellationToken stopping)
    {
        var target = new ProbeTarget
        {
            Host = gateway.Spec.Hostname ?? address, Address = IPAddress.Parse(address), Port = gateway.Spec.Listening.Port,
            Credentials = credentials, Authorities = trusted, StepTimeout = Patience,
        };
        var prober = new Prober(new ProbeLogin(new MonotonicClock(time)), time);
        var report = await prober.RunAsync(target, stopping).ConfigureAwait(false);
        var isTlsAtFault = report.Tls is null && report.Steps.Any(step => step is { Step: ProbeStep.Tls, Ok: false });
        return new AddressFacts(address, report, isTlsAtFault
            ? await OldTlsHello.AskAsync(new IPEndPoint(target.Address, target.Port), target.Host, Patience, time, stopping)
                .ConfigureAwait(false)
            : null);
    }
}
