using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubeApi.Objects;
using Operator.Certificates.Cluster;
using Operator.Certificates.InternalCa;
using Operator.Resources;
using Operator.Resources.SstpCertificates;
using Operator.Tests.Certificates.World;
using TestSupport.Files;
using TestSupport.Processes;

namespace Operator.Tests.Certificates;

public sealed class InternalCaTests
{
    private static readonly TimeSpan AWhile = TimeSpan.FromMinutes(5);
    private readonly CertificateWorld _world = new();

    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    [InlineData(KeyAlgorithm.EcdsaP384)]
    [InlineData(KeyAlgorithm.Rsa2048)]
    public async Task A_server_certificate_is_believed_by_openssl_through_the_root_alone(KeyAlgorithm algorithm)
    {
        var key = _world.Add(
            CertificateWorld.Internal("office", spec => WithCa(spec, ca => ca with { KeyAlgorithm = algorithm }) with
            {
                Key = new CertificateKey { Algorithm = algorithm },
            }));
        await _world.RunAsync(AWhile);
        Assert.Equal(ConditionStatus.True, _world.Condition(key, "Ready").Status);

        using var folder = new TemporaryFolder("ca");
        var (leaf, chain, root) = Write(folder, Secret("office"));
        var verdict = await Command.RunAsync(
            "openssl", "verify", "-x509_strict", "-attime", "100000", "-purpose", "sslserver", "-verify_hostname",
            "vpn.office.test", "-CAfile", root, "-untrusted", chain, leaf);

        Assert.Contains("OK", verdict);
    }

    [Fact]
    public async Task An_authority_with_name_constraints_is_not_believed_for_other_names()
    {
        var constraints = new NameConstraints { PermittedNames = ["office.test"], ExcludedNames = ["secret.office.test"] };
        _world.Add(CertificateWorld.Internal("inside", spec => WithCa(spec, ca => ca with { NameConstraints = constraints })));
        _world.Add(CertificateWorld.Internal(
            "outside",
            spec => WithCa(spec, ca => ca with { NameConstraints = constraints }) with { Names = ["vpn.elsewhere.test"] }));
        _world.Add(CertificateWorld.Internal(
            "excluded",
            spec => WithCa(spec, ca => ca with { NameConstraints = constraints }) with { Names = ["x.secret.office.test"] }));
        _world.Add(CertificateWorld.Internal(
            "address", spec => WithCa(spec, ca => ca with { NameConstraints = constraints }) with { Addresses = ["192.0.2.1"] }));
        await _world.RunAsync(AWhile);

        Assert.Contains("OK", (await VerifyAsync("inside")).Output);
        Assert.Contains("permitted subtree violation", (await VerifyAsync("outside")).Output);
        Assert.Contains("excluded subtree violation", (await VerifyAsync("excluded")).Output);
        Assert.Contains("subtree violation", (await VerifyAsync("address")).Output);
    }

    [Fact]
    public async Task A_client_certificate_comes_with_a_PKCS12_file_that_its_password_opens()
    {
        Put("password", "p12", "hunter2\n");
        _world.Add(Client("alice"));
        await _world.RunAsync(AWhile);

        using var folder = new TemporaryFolder("ca");
        var file = folder.File("alice.p12");
        await File.WriteAllBytesAsync(file, Secret("alice").Data["keystore.p12"]);
        var listing = await Command.RunAsync("openssl", "pkcs12", "-in", file, "-passin", "pass:hunter2", "-nokeys", "-info");
        Assert.Contains("alice@office.test", listing);
        Assert.Contains("AES-256-CBC", listing);

        var opened = X509CertificateLoader.LoadPkcs12(Secret("alice").Data["keystore.p12"], "hunter2");
        Assert.True(opened.HasPrivateKey);
        Assert.Contains("1.3.6.1.5.5.7.3.2", opened.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .Single().EnhancedKeyUsages.Cast<Oid>().Select(oid => oid.Value));
        Assert.Throws<CryptographicException>(
            () => X509CertificateLoader.LoadPkcs12(Secret("alice").Data["keystore.p12"], "wrong"));
    }

    [Fact]
    public async Task A_client_certificate_is_believed_below_an_authority_with_name_constraints()
    {
        Put("password", "p12", "x");
        _world.Add(Client("alice", spec =>
            WithCa(spec, ca => ca with { NameConstraints = new NameConstraints { PermittedNames = ["office.test"] } })));
        await _world.RunAsync(AWhile);

        using var folder = new TemporaryFolder("ca");
        var (leaf, chain, root) = Write(folder, Secret("alice"));
        Assert.Contains("OK", await Command.RunAsync(
            "openssl", "verify", "-x509_strict", "-attime", "100000", "-purpose", "sslclient",
            "-CAfile", root, "-untrusted", chain, leaf));
    }

    [Fact]
    public async Task A_changed_password_changes_the_file_and_not_the_certificate()
    {
        Put("password", "p12", "first");
        var key = _world.Add(Client("alice"));
        await _world.RunAsync(AWhile);
        var serial = _world.Cluster[key].Status!.Serial;

        Put("password", "p12", "second");
        _world.Enqueue(key);
        await _world.RunAsync(AWhile);

        Assert.Equal(serial, _world.Cluster[key].Status!.Serial);
        Assert.NotNull(X509CertificateLoader.LoadPkcs12(Secret("alice").Data["keystore.p12"], "second"));
        var file = Secret("alice").Data["keystore.p12"];
        _world.Enqueue(key);
        await _world.RunAsync(AWhile);
        Assert.Same(file, Secret("alice").Data["keystore.p12"]);
    }

    [Fact]
    public async Task A_missing_password_says_which_Secret_to_make()
    {
        var key = _world.Add(Client("alice"));
        await _world.RunAsync(AWhile);

        Assert.Equal("Pkcs12PasswordMissing", _world.Condition(key, "Stalled").Reason);
        Assert.Contains("Secret password", _world.Condition(key, "Stalled").Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_revoked_certificate_is_on_the_list_that_gateways_serve(bool byDeletion)
    {
        Put("password", "p12", "x");
        _world.Add(Client("bob"));
        var key = _world.Add(Client("alice", spec => spec with { RevokeOnDeletion = true }));
        await _world.RunAsync(AWhile);
        Assert.DoesNotContain("Serial Number", await ListAsync());
        var secret = Secret("alice");
        var serial = _world.Cluster[key].Status!.Serial!;

        if (byDeletion) _world.Delete(key);
        else _world.Annotate(key, SstpCertificateConditions.RevokeAnnotation, "true");
        await _world.RunAsync(AWhile);

        Assert.Contains(serial, await ListAsync());
        using var folder = new TemporaryFolder("ca");
        var (leaf, chain, root) = Write(folder, secret);
        var crl = folder.File("list.crl");
        await File.WriteAllBytesAsync(crl, _world.PublishedLists["office-ca.crl"]);
        var pem = folder.File("list.pem");
        await Command.RunAsync("openssl", "crl", "-inform", "DER", "-in", crl, "-out", pem);
        var verdict = await Command.TryRunAsync(
            TimeSpan.FromSeconds(20), "openssl", "verify", "-attime", "100000", "-crl_check", "-CRLfile",
            pem, "-CAfile", root, "-untrusted", chain, leaf);
        Assert.Contains("certificate revoked", verdict.Output);
        Assert.Equal(byDeletion, !_world.Cluster.Has(key));
    }

    [Fact]
    public async Task The_list_is_renewed_at_half_its_time_and_its_number_rises()
    {
        Put("password", "p12", "x");
        _world.Add(Client("alice"));
        await _world.RunAsync(AWhile);
        Assert.Equal(1, await NumberAsync());

        await _world.RunAsync(TimeSpan.FromDays(3.6));

        Assert.Equal(2, await NumberAsync());
        Assert.Contains(
            "http://crl.office.test/crl/office-ca.crl", Encoding.ASCII.GetString(Certificate(Secret("alice")).RawData));
    }

    [Fact]
    public async Task The_root_is_in_the_ConfigMap_that_clients_take_it_from()
    {
        _world.Add(
            CertificateWorld.Internal("office", spec => WithCa(spec, ca => ca with { TrustBundleConfigMap = "office-root" })));
        await _world.RunAsync(AWhile);

        var bundle = _world.Cluster.ConfigMaps[new ObjectKey(CertificateWorld.Namespace, "office-root")].Data["ca.crt"];
        Assert.Equal(Secret("office-ca").Text("ca.crt"), bundle);
    }

    [Fact]
    public async Task A_CA_of_the_users_own_signs_and_is_never_changed()
    {
        var (rootPem, rootKey) = AuthorityFactory.CreateRoot(
            new AuthoritySettings("Corporate", KeyAlgorithm.EcdsaP256, TimeSpan.FromDays(9000), TimeSpan.FromDays(900), null),
            _world.Now);
        var own = new SecretContent(
            new ObjectKey(CertificateWorld.Namespace, "office-ca"), SecretContent.Tls,
            new Dictionary<string, byte[]>
            {
                ["tls.crt"] = Encoding.ASCII.GetBytes(rootPem), ["tls.key"] = Encoding.ASCII.GetBytes(rootKey.ToPem()),
            },
            new Dictionary<string, string>());
        _world.Cluster.Secrets[own.Key] = own;
        var key = _world.Add(CertificateWorld.Internal("office", spec => WithCa(spec, ca => ca with { Create = false })));

        await _world.RunAsync(AWhile);

        Assert.Equal(ConditionStatus.True, _world.Condition(key, "Ready").Status);
        Assert.Contains("Corporate", _world.Cluster[key].Status!.Issuer);
        Assert.Same(own, _world.Cluster.Secrets[own.Key]);
    }

    [Fact]
    public async Task Without_a_CA_and_the_leave_to_make_one_the_user_is_told()
    {
        var key = _world.Add(CertificateWorld.Internal("office", spec => WithCa(spec, ca => ca with { Create = false })));
        await _world.RunAsync(AWhile);

        Assert.Equal("AuthorityMissing", _world.Condition(key, "Stalled").Reason);
    }

    [Fact]
    public async Task Ten_years_pass_and_the_issuing_authority_is_renewed_below_the_same_root()
    {
        var key = _world.Add(CertificateWorld.Internal(
            "office", spec => WithCa(spec, ca => ca with { RootLifetime = new("262800h") }) with { Lifetime = new("8760h") }));
        await _world.RunAsync(AWhile);
        var (root, issuing) = (Secret("office-ca").Text("ca.crt"), Secret("office-ca").Text("tls.crt"));

        for (var month = 0; month < 120; month++)
        {
            await _world.RunAsync(TimeSpan.FromDays(30));
            Assert.True(_world.Cluster[key].Status!.NotAfter > _world.Now);
            using var authority = X509Certificate2.CreateFromPem(Secret("office-ca").Text("tls.crt"));
            Assert.True(
                _world.Cluster[key].Status!.NotAfter <= authority.NotAfter.ToUniversalTime(),
                "a certificate outlives its issuer");
        }

        Assert.Equal(root, Secret("office-ca").Text("ca.crt"));
        Assert.NotEqual(issuing, Secret("office-ca").Text("tls.crt"));
    }

    private async Task<CommandResult> VerifyAsync(string name)
    {
        using var folder = new TemporaryFolder("ca");
        var (leaf, chain, root) = Write(folder, Secret(name));
        return await Command.TryRunAsync(
            TimeSpan.FromSeconds(20), "openssl", "verify", "-attime", "100000", "-CAfile", root, "-untrusted", chain, leaf);
    }

    private async Task<string> ListAsync()
    {
        using var folder = new TemporaryFolder("ca");
        var file = folder.File("list.crl");
        await File.WriteAllBytesAsync(file, _world.PublishedLists["office-ca.crl"]);
        return await Command.RunAsync("openssl", "crl", "-inform", "DER", "-in", file, "-noout", "-text");
    }

    private async Task<int> NumberAsync()
    {
        var lines = (await ListAsync()).Split('\n');
        return int.Parse(
            lines[Array.FindIndex(lines, line => line.Contains("X509v3 CRL Number", StringComparison.Ordinal)) + 1].Trim(),
            System.Globalization.CultureInfo.InvariantCulture);
    }

    private static SstpCertificate Client(string name, Func<SstpCertificateSpec, SstpCertificateSpec>? change = null) =>
        CertificateWorld.Internal(name, spec =>
        {
            spec = WithCa(spec, ca => ca with { RevocationList = new RevocationList { VpnGatewayName = "office" } }) with
            {
                Names = [],
                CommonName = $"{name}@office.test",
                Usages = [CertificateUsage.Client],
                Output = new CertificateOutput
                {
                    Pkcs12 = new Pkcs12Output { PasswordSecret = new() { Name = "password", Key = "p12" } },
                },
            };
            return change?.Invoke(spec) ?? spec;
        });

    private static SstpCertificateSpec WithCa(SstpCertificateSpec spec, Func<InternalCaIssuer, InternalCaIssuer> change) =>
        spec with { Issuer = spec.Issuer with { InternalCa = change(spec.Issuer.InternalCa!) } };

    private SecretContent Secret(string name) => _world.Cluster.Secrets[new ObjectKey(CertificateWorld.Namespace, name)];

    private void Put(string name, string key, string value)
    {
        var secret = new SecretContent(
            new ObjectKey(CertificateWorld.Namespace, name),
            SecretContent.Opaque,
            new Dictionary<string, byte[]> { [key] = Encoding.UTF8.GetBytes(value) },
            new Dictionary<string, string>());
        _world.Cluster.Secrets[secret.Key] = secret;
    }

    private static X509Certificate2 Certificate(SecretContent secret) => X509Certificate2.CreateFromPem(secret.Text("tls.crt"));

    private static (string Leaf, string Chain, string Root) Write(TemporaryFolder folder, SecretContent secret)
    {
        var (leaf, chain, root) = (folder.File("leaf.pem"), folder.File("chain.pem"), folder.File("root.pem"));
        File.WriteAllText(leaf, Certificate(secret).ExportCertificatePem());
        File.WriteAllText(chain, secret.Text("tls.crt"));
        File.WriteAllText(root, secret.Text("ca.crt"));
        return (leaf, chain, root);
    }
}
