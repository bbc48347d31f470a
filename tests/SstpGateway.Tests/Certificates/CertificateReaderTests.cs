using System.Security.Cryptography;
using SstpGateway.Certificates;

namespace SstpGateway.Tests.Certificates;

public sealed class CertificateReaderTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TestAuthority Authority = new(Now);

    [Fact]
    public void Takes_RSA_and_ECDSA_keys_in_each_form_they_are_written_in()
    {
        var rsa = Authority.Issue(new TestLeaf { Names = ["a.example"], RsaBits = 2048 });
        var ecdsa = Authority.Issue("a.example");

        Assert.Null(Problem(rsa.Pem, rsa.KeyPem));
        Assert.Null(Problem(rsa.Pem, ((RSA)rsa.Key).ExportRSAPrivateKeyPem()));
        Assert.Null(Problem(ecdsa.Pem, ecdsa.KeyPem));
        Assert.Null(Problem(ecdsa.Pem, ((ECDsa)ecdsa.Key).ExportECPrivateKeyPem()));

        // As openssl ecparam writes it: the curve's own block comes before the key's.
        Assert.Null(Problem(ecdsa.Pem, "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
            + ((ECDsa)ecdsa.Key).ExportECPrivateKeyPem()));
    }

    [Fact]
    public void Gives_both_digests_of_the_leaf()
    {
        var issued = Authority.Issue("a.example");

        Assert.True(CertificateReader.TryRead(
            issued.Pem + Authority.IntermediatePem, issued.KeyPem, null, Now, out var certificate, out _));

        Assert.Equal(issued.Sha256, certificate.Digests.Sha256);
        Assert.Equal(issued.Sha1, certificate.Digests.Sha1);
    }

    [Fact]
    public void Refuses_the_key_of_another_certificate()
    {
        var other = Authority.Issue("a.example");

        Assert.Contains("does not belong", Problem(Authority.Issue("a.example").Pem, other.KeyPem), StringComparison.Ordinal);
    }

    [Fact]
    public void Says_which_certificate_of_the_file_should_come_first()
    {
        var issued = Authority.Issue("a.example");

        Assert.Contains(
            "the key belongs to certificate 2",
            Problem(Authority.IntermediatePem + issued.Pem, issued.KeyPem), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_an_encrypted_key()
    {
        var issued = Authority.Issue("a.example");
        var encrypted = issued.Key.ExportEncryptedPkcs8PrivateKeyPem(
            "secret", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000));

        Assert.Contains("without a passphrase", Problem(issued.Pem, encrypted), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a key")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----\n")]
    public void Refuses_a_file_without_a_key(string keyPem) =>
        Assert.Contains("no private key", Problem(Authority.Issue("a.example").Pem, keyPem), StringComparison.Ordinal);

    [Fact]
    public void Refuses_an_RSA_key_for_an_ECDSA_certificate()
    {
        using var rsa = RSA.Create(2048);

        Assert.NotNull(Problem(Authority.Issue("a.example").Pem, rsa.ExportPkcs8PrivateKeyPem()));
    }

    [Fact]
    public void Refuses_a_key_that_is_neither_RSA_nor_ECDSA_and_says_what_to_ask_for()
    {
        // openssl req -x509 -newkey ed25519
        const string Certificate = """
            -----BEGIN CERTIFICATE-----
            MIIBZTCCARegAwIBAgIUaM9nDmyOn4KcmkyhG2NdEk1mkoAwBQYDK2VwMBoxGDAW
            BgNVBAMMD3Zwbi5leGFtcGxlLm9yZzAeFw0yNjExMjUxOTQ3MTlaFw0zNjExMjIx
            OTQ3MTlaMBoxGDAWBgNVBAMMD3Zwbi5leGFtcGxlLm9yZzAqMAUGAytlcAMhAFgc
            aEcJEv8TK3IA3Ibq2DfYjFwKNl28sFdrvz+FWwffo28wbTAdBgNVHQ4EFgQUEoyN
            NoxlbYU9mmvSLUJ+EKvczMwwHwYDVR0jBBgwFoAUEoyNNoxlbYU9mmvSLUJ+EKvc
            zMwwDwYDVR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgg92cG4uZXhhbXBsZS5vcmcw
            BQYDK2VwA0EArlCkyvGvEDlV39A9EyMSnCQarDuS9p2rIWfzbof9N3wt4Ua4o7U1
            xwXn7vzgu/PxfLz3J1NkM34BwyunAmC4Dg==
            -----END CERTIFICATE-----
            """;
        const string Key = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIMTa695rXJNiYD5djLazthDRQ3fLN4LOCGVU7tp5pY87
            -----END PRIVATE KEY-----
            """;

        var problem = Problem(Certificate, Key);

        Assert.Contains("of kind Ed25519, and only RSA and ECDSA are served", problem, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("issued again", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    public void Refuses_a_file_without_a_certificate(string pem) =>
        Assert.Contains(
            "no certificate in PEM form", Problem(pem, Authority.Issue("a.example").KeyPem), StringComparison.Ordinal);

    [Fact]
    public void Says_that_a_line_break_is_missing_between_two_certificates()
    {
        var issued = Authority.Issue("a.example");

        Assert.Contains(
            "without a line break", Problem(issued.Pem.TrimEnd() + Authority.IntermediatePem, issued.KeyPem),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_certificate_that_cannot_be_decoded() =>
        Assert.Contains(
            "cannot be read", Problem("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", ""),
            StringComparison.Ordinal);

    [Fact]
    public void Refuses_a_certificate_outside_its_time()
    {
        var old = Authority.Issue(new TestLeaf { Names = ["a.example"], Ends = TimeSpan.Zero });
        var young = Authority.Issue(new TestLeaf { Names = ["a.example"], Begins = TimeSpan.FromSeconds(1) });

        Assert.Equal("it expired at 2030-01-01 00:00:00Z; renew it", Problem(old.Pem, old.KeyPem));
        Assert.Equal("it is not valid before 2030-01-01 00:00:01Z; check this host's clock", Problem(young.Pem, young.KeyPem));
    }

    [Fact]
    public void Refuses_a_weak_RSA_key()
    {
        var weak = Authority.Issue(new TestLeaf { Names = ["a.example"], RsaBits = 1024 });

        Assert.Contains("1024 bits", Problem(weak.Pem, weak.KeyPem), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_certificate_for_clients()
    {
        var client = Authority.Issue(new TestLeaf { Names = ["a.example"], Usage = TestLeaf.ClientUsage });

        Assert.Contains("server authentication", Problem(client.Pem, client.KeyPem), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vpn.example.org", "vpn.example.org", true)]
    [InlineData("VPN.example.org", "vpn.EXAMPLE.org", true)]
    [InlineData("*.example.org", "vpn.example.org", true)]
    [InlineData("*.example.org", "a.vpn.example.org", false)]
    [InlineData("*.example.org", "example.org", false)]
    [InlineData("example.org", "vpn.example.org", false)]
    public void Checks_that_the_host_name_is_covered(string name, string hostname, bool covered)
    {
        var issued = Authority.Issue(name);

        var problem = Problem(issued.Pem, issued.KeyPem, hostname);

        if (covered) Assert.Null(problem);
        else Assert.Contains($"it is for {name} and not for hostname {hostname}", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_the_common_name_only_where_there_is_no_alternative_name()
    {
        var without = Authority.Issue(new TestLeaf { CommonName = "vpn.example.org" });
        var with = Authority.Issue(new TestLeaf { CommonName = "vpn.example.org", Names = ["other.example"] });

        Assert.Null(Problem(without.Pem, without.KeyPem, "vpn.example.org"));
        Assert.NotNull(Problem(with.Pem, with.KeyPem, "vpn.example.org"));
    }

    private static string? Problem(string certificatePem, string keyPem, string? hostname = null)
    {
        var taken = CertificateReader.TryRead(certificatePem, keyPem, hostname, Now, out var certificate, out var problem);
        Assert.Equal(taken, certificate is not null);
        return problem;
    }
}
