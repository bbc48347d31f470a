using System.Security.Cryptography.X509Certificates;
using System.Text;
using AcmeInterop.Tests.Cluster;
using AcmeInterop.Tests.Operating;
using AcmeInterop.Tests.Servers;
using KubeApi.Objects;
using Operator.Certificates.Cluster;
using Operator.Resources;
using Operator.Resources.DdnsRecords;
using Operator.Resources.SstpCertificates;
using TestSupport.Files;

namespace AcmeInterop.Tests;

/// <summary>One cluster in a folder, a CA, and what tests want to know about both.</summary>
internal sealed class AcmeScenario : IDisposable
{
    private readonly TemporaryFolder _folder = new("acme");
    private readonly Pebble _pebble;
    private readonly Bind _bind;

    public AcmeScenario(Pebble pebble, Bind bind)
    {
        (_pebble, _bind) = (pebble, bind);
        Cluster = new FolderCluster(_folder.Path);
        Put("tsig", "secret", Bind.Secret);
        Put("eab", "key", Pebble.ExternalMacKey);
        Cluster.WriteConfigMapAsync(
            new ConfigMapContent(
                new ObjectKey(CertificateOperator.Namespace, "pebble-roots"),
                new Dictionary<string, string> { ["ca.crt"] = pebble.TrustedRoots },
                new Dictionary<string, byte[]>()),
            CancellationToken.None).Wait();
    }

    public string Folder => _folder.Path;

    public FolderCluster Cluster { get; }

    public SstpCertificate Certificate => Cluster.Get("office");

    public X509Certificate2 Leaf => X509Certificate2.CreateFromPem(Cluster.ReadSecret("office")!.Text("tls.crt"));

    public CertificateOperator Operator(Func<HttpMessageHandler, HttpMessageHandler>? between = null) =>
        new(Cluster, _bind.EndPoint, between ?? (inner => inner), _ => { });

    public void Add(string[] names, Func<AcmeIssuer, AcmeIssuer>? change = null, Func<Dns01Solver, Dns01Solver>? solver = null)
    {
        var dns = new Dns01Solver
        {
            Provider = new DnsProvider
            {
                Kind = DnsProviderKind.Rfc2136,
                Rfc2136 = new Rfc2136Provider
                {
                    Servers = [_bind.EndPoint.ToString()],
                    Tsig = new TsigKey { KeyName = Bind.KeyName, Secret = new() { Name = "tsig", Key = "secret" } },
                },
            },
            Check = new PropagationCheck { Settle = new("0s") },
        };
        var issuer = new AcmeIssuer
        {
            Directory = _pebble.Directory.OriginalString,
            TermsOfServiceAgreed = true,
            AccountSecret = new() { Name = "account" },
            TrustBundle = new() { Name = "pebble-roots", Key = "ca.crt" },
            Challenges = [new ChallengeSolver { Kind = ChallengeKind.Dns01, Dns01 = solver?.Invoke(dns) ?? dns }],
        };
        Cluster.Put(new SstpCertificate
        {
            Metadata = new() { Name = "office", Namespace = CertificateOperator.Namespace, Uid = "uid-office", Generation = 1 },
            Spec = new SstpCertificateSpec
            {
                Names = names,
                Issuer = new CertificateIssuer { Kind = CertificateIssuerKind.Acme, Acme = change?.Invoke(issuer) ?? issuer },
            },
        });
    }

    public void Annotate(string annotation, string value) =>
        Cluster.Put(Certificate with
        {
            Metadata = Certificate.Metadata with
            {
                Annotations = new Dictionary<string, string>(Certificate.Metadata.Annotations) { [annotation] = value },
            },
        });

    public void Put(string name, string key, string value) => Cluster.WriteSecretAsync(
        new SecretContent(
            new ObjectKey(CertificateOperator.Namespace, name),
            SecretContent.Opaque,
            new Dictionary<string, byte[]> { [key] = Encoding.UTF8.GetBytes(value) },
            new Dictionary<string, string>()),
        CancellationToken.None).Wait();

    /// <summary>Ready, nothing under way, no proof left in either zone, and a chain that ends at the CA's root.</summary>
    /// <param name="root">Number of the root.</param>
    public async Task AssertIssuedAsync(int root = 0)
    {
        var ready = Certificate.Status!.Conditions.Single(condition => condition.Type == ConditionTypes.Ready);
        Assert.True(ready.Status == ConditionStatus.True, $"{ready.Reason}: {ready.Message}");
        Assert.Null(Certificate.Status.Order);
        Assert.DoesNotContain("office-order", Cluster.Secrets);
        Assert.Empty(await _bind.AllTxtAsync());

        var secret = Cluster.ReadSecret("office")!;
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(secret.Text("tls.crt"));
        using var pair = X509Certificate2.CreateFromPem(secret.Text("tls.crt"), secret.Text("tls.key"));
        Assert.True(pair.HasPrivateKey);
        using var verifier = new X509Chain();
        verifier.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        verifier.ChainPolicy.CustomTrustStore.Add(await _pebble.RootAsync(root));
        verifier.ChainPolicy.ExtraStore.AddRange(chain);
        verifier.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        Assert.True(verifier.Build(chain[0]), string.Join("; ", verifier.ChainStatus.Select(status => status.StatusInformation)));
    }

    public void Dispose() => _folder.Dispose();
}
