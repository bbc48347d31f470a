using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Operator.Gateways.Channel;

namespace Operator.Tests.Gateways.Channel;

public sealed class ChannelAuthorityTests
{
    private static readonly DateTimeOffset Now = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string Name = ChannelNames.Gateway("office", "edge");

    private readonly ChannelAuthority _authority = ChannelAuthority.Create(Now);

    [Fact]
    public void A_gateways_certificate_is_believed_for_its_own_name_only()
    {
        using var gateway = X509Certificate2.CreateFromPem(_authority.IssueGateway(Name, Now).Chain);
        var credentials = Credentials(_authority, Now);

        Assert.True(credentials.Trusts(gateway, Name, Now));
        Assert.False(credentials.Trusts(gateway, ChannelNames.Gateway("office", "other"), Now));
        Assert.False(credentials.Trusts(gateway, Name, Now.AddDays(91)));
    }

    [Fact]
    public void The_operators_own_certificate_is_not_believed_of_a_server()
    {
        using var own = X509Certificate2.CreateFromPem(_authority.IssueOperator(Now).Chain);

        Assert.False(Credentials(_authority, Now).Trusts(own, ChannelNames.Operator, Now));
    }

    [Fact]
    public void A_certificate_of_another_CA_is_not_believed()
    {
        using var stranger = X509Certificate2.CreateFromPem(ChannelAuthority.Create(Now).IssueGateway(Name, Now).Chain);

        Assert.False(Credentials(_authority, Now).Trusts(stranger, Name, Now));
    }

    [Fact]
    public void Comes_back_from_its_secret()
    {
        var loaded = ChannelAuthority.Load(_authority.CertificatesPem, _authority.KeysPem);
        using var gateway = X509Certificate2.CreateFromPem(loaded.IssueGateway(Name, Now).Chain);

        Assert.True(Credentials(_authority, Now).Trusts(gateway, Name, Now));
        Assert.Equal(_authority.CertificatesPem, loaded.CertificatesPem);
    }

    [Fact]
    public void A_secret_with_the_key_of_another_CA_is_refused()
    {
        var other = ChannelAuthority.Create(Now);

        Assert.ThrowsAny<Exception>(() => ChannelAuthority.Load(_authority.CertificatesPem, other.KeysPem));
        Assert.Throws<CryptographicException>(() => ChannelAuthority.Load("", ""));
        Assert.Throws<CryptographicException>(() => ChannelAuthority.Load(_authority.CertificatesPem, ""));
    }

    [Fact]
    public void A_certificate_is_issued_again_after_two_thirds_of_its_life_and_for_another_name_or_CA()
    {
        var pem = _authority.IssueGateway(Name, Now).Chain;

        Assert.False(_authority.MustReissue(pem, Now.AddDays(59), Name, ChannelNames.AnyGateway));
        Assert.True(_authority.MustReissue(pem, Now.AddDays(61), Name));
        Assert.True(_authority.MustReissue(pem, Now, Name, ChannelNames.Gateway("office", "other")));
        Assert.True(ChannelAuthority.Create(Now).MustReissue(pem, Now, Name));
        Assert.True(_authority.MustReissue(null, Now, Name));
        Assert.True(_authority.MustReissue("nonsense", Now, Name));
    }

    [Fact]
    public void In_two_years_of_renewals_every_two_of_operator_and_gateway_a_day_apart_believe_each_other()
    {
        // One day is what the introduction allows for: an end that has yesterday's trust must believe today's certificate.
        var yesterday = _authority;
        for (var now = Now; now < Now.AddDays(800); now += ChannelAuthority.Introduction)
        {
            var today = yesterday.Renew(now);
            using var gateway = X509Certificate2.CreateFromPem(today.IssueGateway(Name, now).Chain);
            Assert.True(Credentials(yesterday, now).Trusts(gateway, Name, now), $"at {now}");
            yesterday = today;
        }
        Assert.NotEqual(_authority.CertificatesPem, yesterday.CertificatesPem);
    }

    [Fact]
    public void Renewing_changes_nothing_before_it_is_time()
    {
        Assert.Same(_authority, _authority.Renew(Now.AddDays(364)));

        var two = _authority.Renew(Now.AddDays(365));
        Assert.StartsWith(_authority.CertificatesPem, two.CertificatesPem, StringComparison.Ordinal);
        Assert.Same(two, two.Renew(Now.AddDays(366)));
    }

    [Fact]
    public void Names_that_are_too_long_become_digests_that_differ()
    {
        var first = ChannelNames.Gateway(new string('n', 63), new string('a', 253));
        var second = ChannelNames.Gateway(new string('n', 63), new string('b', 253));

        Assert.NotEqual(first, second);
        Assert.InRange(first.Length, 1, 253);
        Assert.False(_authority.MustReissue(_authority.IssueGateway(first, Now).Chain, Now, first));
    }

    private static ChannelCredentials Credentials(ChannelAuthority authority, DateTimeOffset now) =>
        new(authority.IssueOperator(now), authority.TrustBundle);
}
