using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Operator.Certificates;
using Operator.Certificates.Acme;
using Operator.Certificates.Acme.Jose;
using Operator.Certificates.Acme.Transport;
using TestSupport.Time;

namespace Operator.Tests.Certificates;

public sealed class AcmeProtocolTests
{
    [Fact]
    public void The_thumbprint_is_that_of_the_JWK_with_its_members_in_order()
    {
        // The key of RFC 7515 appendix A.3, whose thumbprint was computed by hand as RFC 7638 section 3 says.
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            D = Bytes("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"),
            Q = new ECPoint
            {
                X = Bytes("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
                Y = Bytes("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"),
            },
        });
        using var account = AccountKey.FromPem(key.ExportPkcs8PrivateKeyPem());

        Assert.Equal(
            """{"crv":"P-256","kty":"EC","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""",
            account.Jwk);
        Assert.Equal(Text(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(account.Jwk))), account.Thumbprint);
    }

    [Fact]
    public void A_signature_is_64_bytes_and_never_DER()
    {
        using var key = AccountKey.Create();

        for (var i = 0; i < 50; i++) Assert.Equal(64, key.Sign([(byte)i]).Length);
    }

    [Fact]
    public void A_key_of_another_curve_is_refused_with_a_reason()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Assert.Contains(
            "384", Assert.Throws<CryptographicException>(() => AccountKey.FromPem(p384.ExportPkcs8PrivateKeyPem())).Message);
        Assert.Throws<CryptographicException>(() => AccountKey.FromPem(p384.ExportSubjectPublicKeyInfoPem()));
        Assert.Throws<CryptographicException>(() => AccountKey.FromPem("nothing"));
    }

    [Fact]
    public void The_name_of_a_certificate_in_renewal_information_is_that_of_the_RFC()
    {
        // RFC 9773 section 4.1: authority key identifier 69:88:5B:..:C8:01, serial number 00:87:65:43:21.
        using var issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=leaf", issuerKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(
            Convert.FromHexString("69885B6B87464041E1B37B847BA0AE2CDE01C8D4")));
        using var certificate = request.Create(
            new X500DistinguishedName("CN=issuer"), X509SignatureGenerator.CreateForECDsa(issuerKey), DateTimeOffset.UtcNow,
            DateTimeOffset.UtcNow.AddDays(1), Convert.FromHexString("0087654321"));

        Assert.Equal("aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE", CertId.Of(certificate));
    }

    [Theory]
    [InlineData("zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W")]
    [InlineData("zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W\n")]
    [InlineData("AB+/AA==")]
    [InlineData("AB-_AA")]
    public void Keys_of_external_accounts_are_read_as_CAs_print_them(string text) =>
        Assert.True(ExternalAccount.TryRead("kid-1", text, out _));

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    public void What_is_no_key_of_an_external_account_is_not_taken(string text) =>
        Assert.False(ExternalAccount.TryRead("kid-1", text, out _));

    [Fact]
    public void Links_are_found_whatever_stands_around_them()
    {
        var found = LinkHeader.Targets(
            [
                "<https://ca.test/dir>;rel=\"index\", </cert/1,2;3>; title=\"a;b\"; rel=\"alternate other\"",
                "<https://ca.test/c>;REL=alternate",
                "<broken; rel=alternate",
            ],
            "alternate", new Uri("https://ca.test/x"));

        Assert.Equal(["https://ca.test/cert/1,2;3", "https://ca.test/c"], found.Select(uri => uri.AbsoluteUri));
    }

    [Fact]
    public void Retry_After_is_seconds_or_a_date_and_polls_stay_within_a_second_and_a_day()
    {
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        using var message = new HttpResponseMessage();

        Assert.Null(RetryAfter.Read(message.Headers, now));
        message.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(90));
        Assert.Equal(now.AddSeconds(90), RetryAfter.Read(message.Headers, now));
        message.Headers.RetryAfter = new RetryConditionHeaderValue(now.AddHours(-1));
        Assert.Equal(now, RetryAfter.Read(message.Headers, now));

        Assert.Equal(TimeSpan.FromSeconds(1), RetryAfter.ForPoll(now, now, TimeSpan.FromSeconds(5)));
        Assert.Equal(TimeSpan.FromDays(1), RetryAfter.ForPoll(now.AddDays(9), now, TimeSpan.FromSeconds(5)));
        Assert.Equal(TimeSpan.FromSeconds(5), RetryAfter.ForPoll(null, now, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void The_freshest_nonce_goes_first_and_old_ones_not_at_all()
    {
        var clock = new ManualTime();
        var pool = new NoncePool(clock);
        pool.Add("one");
        clock.Advance(TimeSpan.FromMinutes(3));
        pool.Add("two");

        Assert.True(pool.TryTake(out var first));
        Assert.Equal("two", first);
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.False(pool.TryTake(out _));
    }

    [Theory]
    [InlineData("VPN.Office.Test.", "vpn.office.test")]
    [InlineData("*.Büro.test", "*.xn--bro-hoa.test")]
    [InlineData("2001:DB8:0::1", "2001:db8::1")]
    public void Names_have_one_form(string written, string expected) =>
        Assert.Equal(expected, CertificateNames.Normalize(written));

    [Fact]
    public void A_request_has_exactly_the_names_of_the_order_and_no_subject()
    {
        using var key = PrivateKey.Create(Operator.Resources.SstpCertificates.KeyAlgorithm.EcdsaP384);

        var request = CertificateRequest.LoadSigningRequest(
            SigningRequest.Create(key, ["*.office.test", "192.0.2.1", "office.test"]),
            HashAlgorithmName.SHA384,
            CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions);

        var names = request.CertificateExtensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal("", request.SubjectName.Name);
        Assert.Equal(["*.office.test", "office.test"], names.EnumerateDnsNames());
        Assert.Equal("192.0.2.1", Assert.Single(names.EnumerateIPAddresses()).ToString());
    }

    [Theory]
    [InlineData("abcDEF123-_", true)]
    [InlineData("../../etc/passwd", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_token_that_could_name_a_path_is_none(string? token, bool expected) =>
        Assert.Equal(expected, KeyAuthorization.IsToken(token));

    private static byte[] Bytes(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);

    private static string Text(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
