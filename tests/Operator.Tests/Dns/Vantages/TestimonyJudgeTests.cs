using System.Security.Cryptography.X509Certificates;
using GatewayConfig.Channel;
using Operator.Dns.Failover;
using Operator.Dns.Vantages;
using Operator.Resources.DdnsRecords;
using TestSupport.Certificates;

namespace Operator.Tests.Dns.Vantages;

public sealed class TestimonyJudgeTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _stranger = new();
    private readonly X509Certificate2 _trusted;

    public TestimonyJudgeTests() => _trusted = X509Certificate2.CreateFromPem(_authority.CertificatePem);

    [Theory]
    [InlineData("vpn.example.com", 0, null)]
    [InlineData("other.example.com", 0, "for another name than vpn.example.com")]
    [InlineData("vpn.example.com", 100_000, "which is too soon")]
    public void Name_and_last_day_are_judged_as_for_the_operators_own_looks(string name, int minimumDays, string? problem)
    {
        var vote = Judge(Seen(_authority.Issue(name).CertificatePem), TimeSpan.FromDays(minimumDays));

        Assert.Equal(problem is null, vote.IsGood);
        if (problem is not null) Assert.Contains(problem, vote.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_of_another_authority_is_none()
    {
        Assert.Contains(
            "is not valid", Judge(Seen(_stranger.Issue("vpn.example.com").CertificatePem)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_not_reached_and_what_cannot_be_read_is_bad()
    {
        Assert.Equal(
            "203.0.113.1: Connection refused",
            Judge(new GatewayConfig.Channel.ProbeResult { Problem = "Connection refused" }).Message);
        Assert.Contains(
            "cannot be read", Judge(Seen("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "update its image", Judge(new GatewayConfig.Channel.ProbeResult { IsReachable = true }).Message,
            StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _stranger.Dispose();
        _trusted.Dispose();
    }

    private Operator.Dns.Failover.ProbeResult Judge(GatewayConfig.Channel.ProbeResult seen, TimeSpan minimum = default) =>
        TestimonyJudge.Judge(
            seen, new ProbePlan(HealthCheckKind.Tls, 443, "vpn.example.com", TimeSpan.FromSeconds(2), minimum, [_trusted]),
            "203.0.113.1", DateTimeOffset.UtcNow);

    private static GatewayConfig.Channel.ProbeResult Seen(string pem) => new() { IsReachable = true, Chain = [pem] };
}
