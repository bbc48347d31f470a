using System.Net;
using System.Security.Cryptography.X509Certificates;
using KubeApi.Objects;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Operator.Dns.Accounts;
using Operator.Dns.Failover;
using Operator.Dns.Peers;
using Operator.Dns.Providers.Http;
using Operator.Dns.Push;
using Operator.Dns.Reachability;
using Operator.Dns.Records;
using Operator.Dns.Resolving;
using Operator.Dns.Routers;
using Operator.Dns.Sources;
using Operator.Dns.Vantages;
using Operator.Dns.Verifying;
using Operator.Hosting;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns;

/// <summary>The kind DdnsRecord, put into the container.</summary>
public static class DnsServices
{
    private static readonly TimeSpan LookUpPatience = TimeSpan.FromSeconds(3);

    public static IServiceCollection AddDdnsRecords(this IServiceCollection services)
    {
        services.AddSingleton<DnsMetrics>();
        services.AddSingleton<IRecordWorld, ClusterWorld>();
        services.AddSingleton<FamilyClients>();
        services.AddSingleton(Routers());
        services.AddSingleton<SourceOpener>();
        services.AddSingleton<ITargetProbe, SstpTargetProbe>();
        services.AddSingleton<IGatewayVantages, GatewayVantages>();
        services.AddSingleton<IPeerVantages>(provider => new PeerVantages(
            provider.GetRequiredService<IRecordWorld>(), NewClient(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<OutsideEyes>();
        services.AddSingleton<TargetEye>();
        services.AddSingleton<FailoverDriver>();
        services.AddSingleton(provider => new DnsExchange(provider.GetRequiredService<TimeProvider>(), LookUpPatience));
        services.AddSingleton<IAuthoritativeResolver>(
            provider => new AuthoritativeResolver(provider.GetRequiredService<DnsExchange>(), SystemResolvers.Find()));
        services.AddSingleton<Verifier>();
        services.AddSingleton<ServiceAccounts>();
        services.AddSingleton(provider => new ProviderOpener(
            provider.GetRequiredService<IRecordWorld>(), NewHandler(),
            provider.GetRequiredService<ServiceAccounts>(), provider.GetRequiredService<DnsMetrics>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RecordNews>();
        services.AddSingleton<SourceReader>();
        services.AddSingleton<TargetFollower>();
        services.AddSingleton<ServerCheck>();
        services.AddSingleton<OutsideCheck>();
        services.AddSingleton<Publisher>();
        services.AddSingleton<RecordRelease>();
        services.AddSingleton<IReportBook, ClusterReportBook>();
        services.AddSingleton<PushAnswerer>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<OperatorOptions>().Push is { } push
            ? new PushServer(
                push, provider.GetRequiredService<PushAnswerer>(), provider.GetRequiredService<ILoggerFactory>(),
                push.Peers is { } peers
                    ? new PeerAnswerer(
                        peers,
                        provider.GetRequiredService<IAuthoritativeResolver>(),
                        provider.GetRequiredService<TimeProvider>(),
                        provider.GetRequiredService<ILogger<PeerAnswerer>>())
                    : null)
            : new NoPushServer());
        services.AddController<DdnsRecord, DdnsRecordStatus, DdnsReconciler>(Kinds.DdnsRecords, Follow);
        return services;
    }

    /// <summary>A client over <see cref="NewHandler"/>, for what this host is set up to ask:
    /// a router next to it may be link-local.</summary>
    public static HttpClient NewClient() => new(NewHandler(isOfRecord: false)) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Redirects are not followed: they would carry credentials elsewhere.</summary>
    /// <param name="authorities">The only ones that a server's certificate may come from;
    /// null: those that the system trusts.</param>
    /// <param name="isOfRecord">Whoever writes a DdnsRecord says where to: not everywhere.</param>
    public static HttpMessageHandler NewHandler(X509Certificate2Collection? authorities = null, bool isOfRecord = true)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,    // ids of our traces are nobody else's business
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),    // services move, too
        };
        if (isOfRecord) handler.ConnectCallback = ServiceConnector.ConnectAsync;
        if (authorities is null) return handler;

        // A private authority seldom runs a list of revoked certificates that can be reached from here.
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(authorities);
        handler.SslOptions.CertificateChainPolicy = policy;
        return handler;
    }

    /// <summary>The protocols that routers may speak.</summary>
    public static IReadOnlyDictionary<RouterProtocol, IRouterProtocol> Routers() =>
        new Dictionary<RouterProtocol, IRouterProtocol>
        {
            [RouterProtocol.Pcp] = new PcpProtocol(),
            [RouterProtocol.NatPmp] = new NatPmpProtocol(),
            [RouterProtocol.Upnp] = new UpnpProtocol(NewClient()),
        };

    private static void Follow(ControllerBuilder<DdnsRecord> records)
    {
        records.Workers = 24;    // a pass waits for services most of the time, for a dead one up to 30 s
        records.RefersToSecrets(SecretNames.Of);
        records.RefersTo(Kinds.VpnGateways, GatewayNames);
        records.RefersTo(BuiltIn.Services, record => record.Spec.Source?.Service is { } service ? [service.Name] : []);
        var own = records.Own;
        records.Follows(BuiltIn.Nodes, _ => own.Cache.All()
            .Where(record => record.Value.Spec.Source?.Kind is AddressSourceKind.Node or AddressSourceKind.VpnGateway)
            .Select(record => record.Key));
    }

    private static IEnumerable<string> GatewayNames(DdnsRecord record) =>
        [.. record.Spec.Source?.VpnGateway is { } source ? [source.Name] : Array.Empty<string>(),
            .. (record.Spec.Failover?.Targets ?? []).Select(target => target.VpnGatewayName).OfType<string>()];
}
