using System.Net;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using GatewayConfig.Channel;
using Operator.Gateways.Channel;
using TestSupport.Certificates;
using TestSupport.Files;

namespace EndToEnd.Tests.Channel;

/// <summary>A gateway in the layout of a pod, with the operator's end of the channel on the host inside.</summary>
public sealed class PodSite : Site
{
    private const string Channel = "198.51.100.1:9443";

    private readonly string _serverName = ChannelNames.Gateway("office", "edge");
    private Volumes? _volumes;
    private NamespaceRelay? _relay;

    public ChannelAuthority Authority { get; } = ChannelAuthority.Create(DateTimeOffset.UtcNow);

    /// <summary>Further addresses to listen on, as YAML strings.</summary>
    public string MoreAddresses { get; init; } = "";

    /// <summary>Such as <c>"192.0.2.0/24"</c>; empty for anywhere.</summary>
    public string AllowedSources { get; init; } = "";

    private Volumes Mounted => _volumes ?? throw new InvalidOperationException("no volumes yet");

    public static string Users(params string[] names) =>
        "users:\n" + string.Concat(names.Select(name => $"  - {{name: {name}, password: \"{GatewayOptions.Password}\"}}\n"));

    public static CertificatePem Pem(IssuedCertificate issued) => new(issued.CertificatePem, issued.KeyPem);

    /// <summary>What the operator would write.</summary>
    public string Configuration(long revision, int calls = 1000) => $$"""
        revision: {{revision}}
        hostname: {{Laboratory.GatewayName}}
        drainTime: 1s
        listening: {addresses: ["0.0.0.0:443"{{MoreAddresses}}], allowedSources: [{{AllowedSources}}]}
        tls: {certificates: [{certificateFile: ../tls/tls.crt, keyFile: ../tls/tls.key}]}
        addressing: {pools4: ["10.77.0.0/24"], pools6: ["fd00:77::/56"], leaseFile: ../leases.json}
        network: {device: {{GatewayFiles.Device}}, defaultRoute: false, routes: ["198.51.100.0/24", "fd00:51::/64"]}
        authentication: {methods: [eapMsChapV2, pap], usersFile: ../users/users.yaml}
        limits: {calls: {{calls}}}
        admin:
          listen: unix:{{Files.AdminSocket}}
          tls: {listen: "{{Channel}}", certificateFile: ../channel/tls.crt, keyFile: ../channel/tls.key, clientCaFile: ../channel/ca.crt}
        """;

    public void Mount(string configuration) => Mounted.Config.Publish(("gateway.yaml", configuration));

    public void MountUsers(string users) => Mounted.Users.Publish(("users.yaml", users));

    public void MountTls(IssuedCertificate issued) =>
        Mounted.Tls.Publish(("tls.crt", issued.CertificatePem), ("tls.key", issued.KeyPem));

    /// <summary>The operator's client.</summary>
    /// <param name="authority">Null is the one that the gateway trusts.</param>
    public IGatewayChannel Open(ChannelAuthority? authority = null, Func<ChannelAuthority, CertificatePem>? issue = null)
    {
        var ca = authority ?? Authority;
        var credentials = new ChannelCredentials(
            (issue ?? (one => one.IssueOperator(DateTimeOffset.UtcNow)))(ca), Authority.TrustBundle);
        return new GatewayChannels(() => credentials, TimeProvider.System)
            .Open(new GatewayEndPoint(_relay!.EndPoint, _serverName));
    }

    public override async Task DisposeAsync()
    {
        if (_relay is not null) await _relay.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override Task<GatewayProcess> StartGatewayAsync()
    {
        _volumes = new Volumes(Laboratory.Folder.Path);
        Mount(Configuration(1));
        MountUsers(Users("alice"));
        var certificate = Authority.IssueGateway(_serverName, DateTimeOffset.UtcNow);
        _volumes.Channel.Publish(("tls.crt", certificate.Chain), ("tls.key", certificate.Key), ("ca.crt", Authority.TrustBundle));
        _relay = NamespaceRelay.Start(Laboratory.Inside, IPEndPoint.Parse(Channel));
        return GatewayProcess.StartAsync(Laboratory.GatewayNamespace, Files, ["dotnet", GatewayProcess.Program]);
    }

    private GatewayFiles Files => new(Laboratory.Folder.Path, "config/gateway.yaml");

    /// <summary>The Secret for calls is there from the beginning, but empty: its certificate is still to come.</summary>
    private sealed class Volumes(string folder)
    {
        public SecretVolume Config { get; } = new(Path.Combine(folder, "config"));

        public SecretVolume Users { get; } = new(Path.Combine(folder, "users"));

        public SecretVolume Tls { get; } = new(Path.Combine(folder, "tls"));

        public SecretVolume Channel { get; } = new(Path.Combine(folder, "channel"));
    }
}
