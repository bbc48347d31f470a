using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AcmeInterop.Tests.Cluster;
using AcmeInterop.Tests.Operating;
using AcmeInterop.Tests.Servers;
using EndToEnd.Tests.Channel;
using EndToEnd.Tests.Network;
using KubeApi.Objects;
using Operator.Certificates.Challenges;
using Operator.Certificates.Cluster;
using Operator.Certificates.Ordering;
using Operator.Dns.Names;
using Operator.Dns.Resolving;
using Operator.Resources;
using Operator.Resources.SstpCertificates;
using TestSupport.Certificates;
using TestSupport.Files;
using TestSupport.Prerequisites;
using TestSupport.Processes;
using TestSupport.Waiting;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Certificates;

/// <summary>
/// Pebble, on another host than the client, asks the gateway on ports 80 and 443 for proofs that the operator handed over; what
/// is issued is served to new calls while the old ones go on.
/// </summary>
public sealed class GatewayChallengeTests(PodSite site, ITestOutputHelper report)
    : ChannelScenario(site, report), IClassFixture<PodSite>
{
    private const string SeenByOther = "203.0.113.1";

    /// <summary>The other host's own: nobody answers there for the name.</summary>
    private static readonly IPAddress Stale = IPAddress.Parse("203.0.113.2");

    private static readonly IPEndPoint Dns = IPEndPoint.Parse("127.0.0.1:8053");
    private readonly List<NamespaceRelay> _relays = [];

    [RequiresFact("ip", "ping", "pebble", "pebble-challtestsrv")]
    public Task HTTP_01_is_answered_by_the_gateway_and_the_certificate_is_served() => IssueAsync(ChallengeKind.Http01);

    [RequiresFact("ip", "ping", "pebble", "pebble-challtestsrv")]
    public Task TLS_ALPN_01_is_answered_by_the_gateway_and_the_certificate_is_served() => IssueAsync(ChallengeKind.TlsAlpn01);

    [RequiresFact("ip", "ping", "pebble", "pebble-challtestsrv")]
    public Task An_address_that_nobody_removed_is_told_before_the_CA_is_asked_and_then_the_order_goes_on() =>
        IssueAsync(ChallengeKind.Http01, Stale);

    public override async Task DisposeAsync()
    {
        foreach (var relay in _relays) await relay.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <param name="stale">A further address of the name, until it is seen in the status; null for none.</param>
    private async Task IssueAsync(ChallengeKind kind, IPAddress? stale = null)
    {
        Pod.MountTls(Laboratory.Authority.Issue(Laboratory.GatewayName));
        await WaitForAsync("a certificate to begin with", async () => (await StatusAsync()).Obstacles.Count == 0);
        var call = Dial();
        await call.WaitForRoutesAsync();

        string[] within = ["ip", "netns", "exec", Laboratory.Other.Namespace.Name];
        await using var names = ChildProcess.Start(
            null, within[0],
            [
                .. within[1..], "pebble-challtestsrv", "-dns01", Dns.ToString(), "-defaultIPv4", SeenByOther, "-defaultIPv6", "",
                "-http01", "", "-https01", "", "-tlsalpn01", "", "-management", "127.0.0.1:8055",
            ]);
        await using var pebble = await Pebble.StartAsync(Dns, wantsExternalAccount: false, within, Reach);
        using var folder = new TemporaryFolder("gateway-acme");
        var cluster = await ClusterAsync(folder, pebble, kind);
        var addresses = new OneName(IPAddress.Parse(SeenByOther));
        var solver = new GatewayChallengeSolver(
            kind, new PodAnswers(Pod), new AnswerProbe(Laboratory.Other.Namespace.ConnectAsync), addresses);
        var operating = new CertificateOperator(cluster, Dns, inner => inner, _ => { }, solver);

        if (stale is not null)
        {
            addresses.Addresses.Add(stale);
            await operating.RunAsync("office", TimeSpan.FromMinutes(2));
            var challenge = Assert.Single(cluster.Get("office").Status!.Order!.Challenges);
            Assert.Contains($"{stale}:80 does not answer", challenge.Message, StringComparison.Ordinal);
            Assert.Equal(ChallengeState.Presented, challenge.State);    // and not Submitted
            Assert.Equal(0, pebble.IssuedCount);
            addresses.Addresses.Remove(stale);
        }

        await operating.RunAsync("office", TimeSpan.FromHours(1));

        var status = cluster.Get("office").Status!;
        var ready = status.Conditions.Single(condition => condition.Type == ConditionTypes.Ready);
        Assert.True(ready.Status == ConditionStatus.True, $"{ready.Reason}: {ready.Message}");
        Assert.Equal(1, pebble.IssuedCount);
        var gateway = await StatusAsync();
        Assert.Empty(gateway.HttpChallenges);
        Assert.Empty(gateway.TlsAlpnChallenges);

        var secret = cluster.ReadSecret("office")!;
        using var leaf = X509Certificate2.CreateFromPem(secret.Text("tls.crt"));
        var issued = new IssuedCertificate(
            secret.Text("tls.crt")!, secret.Text("tls.key")!, leaf.GetCertHashString(HashAlgorithmName.SHA256));
        Pod.MountTls(issued);
        await WaitForAsync("the new certificate to be shown", async () => await ShownAsync() == DigestOf(issued));
        await PingAsync(call, Laboratory.InsideHost);
    }

    private int Reach(int port)
    {
        var relay = NamespaceRelay.Start(Laboratory.Other.Namespace, new IPEndPoint(IPAddress.Loopback, port));
        _relays.Add(relay);
        return relay.EndPoint.Port;
    }

    private static async Task<FolderCluster> ClusterAsync(TemporaryFolder folder, Pebble pebble, ChallengeKind kind)
    {
        var cluster = new FolderCluster(folder.Path);
        await cluster.WriteConfigMapAsync(
            new ConfigMapContent(
                new ObjectKey(CertificateOperator.Namespace, "roots"),
                new Dictionary<string, string> { ["ca.crt"] = pebble.TrustedRoots },
                new Dictionary<string, byte[]>()),
            CancellationToken.None);
        var gateway = new GatewaySolver { VpnGatewayName = "office" };
        cluster.Put(new SstpCertificate
        {
            Metadata = new() { Name = "office", Namespace = CertificateOperator.Namespace, Uid = "uid-office", Generation = 1 },
            Spec = new SstpCertificateSpec
            {
                Names = [Laboratory.GatewayName],
                Issuer = new CertificateIssuer
                {
                    Kind = CertificateIssuerKind.Acme,
                    Acme = new AcmeIssuer
                    {
                        Directory = pebble.Directory.OriginalString,
                        TermsOfServiceAgreed = true,
                        AccountSecret = new() { Name = "account" },
                        TrustBundle = new() { Name = "roots", Key = "ca.crt" },
                        Challenges = [kind == ChallengeKind.Http01
                            ? new ChallengeSolver { Kind = kind, Http01 = gateway }
                            : new ChallengeSolver { Kind = kind, TlsAlpn01 = gateway }],
                    },
                },
            },
        });
        return cluster;
    }

    /// <summary>The one process of the gateway.</summary>
    private sealed class PodAnswers(PodSite pod) : IGatewayAnswers
    {
        public async Task<string?> PresentAsync(
            string @namespace, string vpnGateway, ChallengeProgress challenge, CancellationToken stopping)
        {
            using var channel = pod.Open();
            return await GatewayAnswer.PutAsync(channel, challenge, stopping);
        }

        public async Task RemoveAsync(
            string @namespace, string vpnGateway, ChallengeProgress challenge, CancellationToken stopping)
        {
            using var channel = pod.Open();
            await GatewayAnswer.DeleteAsync(channel, challenge, stopping);
        }
    }

    /// <summary>Every name has these addresses, and no other.</summary>
    private sealed class OneName(IPAddress first) : IAuthoritativeResolver
    {
        public List<IPAddress> Addresses { get; } = [first];

        public Task<ZoneCut> FindZoneAsync(DomainName name, CancellationToken stopping) =>
            Task.FromResult(new ZoneCut(name, [name], name, 1, TimeSpan.FromHours(1), TimeSpan.FromMinutes(1)));

        public Task<ImmutableArray<NameServer>> FindServersAsync(ZoneCut zone, CancellationToken stopping) =>
            Task.FromResult<ImmutableArray<NameServer>>([new NameServer("ns", Dns)]);

        public Task<ServerAnswer> AskAsync(NameServer server, DomainName name, RecordType type, CancellationToken stopping) =>
            Task.FromResult<ServerAnswer>(
                type == RecordType.A
                    ? new ServerAnswer.Data(
                        [.. Addresses.Select(
                            address => new AnsweredRecord(type, TimeSpan.FromMinutes(1), address.ToString(), address))],
                        true)
                    : new ServerAnswer.Nothing(true, true));

        public Task<ServerAnswer> AskResolverAsync(
            IPEndPoint resolver, DomainName name, RecordType type, CancellationToken stopping) =>
            AskAsync(new NameServer("ns", resolver), name, type, stopping);

        public Task<CnameChain> FollowAsync(DomainName name, CancellationToken stopping) =>
            Task.FromResult(new CnameChain([name]));
    }
}
