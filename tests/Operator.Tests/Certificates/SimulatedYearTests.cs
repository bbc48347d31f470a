using Operator.Resources;
using Operator.Tests.Certificates.SimulatedCa;
using Operator.Tests.Certificates.World;
using Xunit.Abstractions;

namespace Operator.Tests.Certificates;

/// <summary>A year of many certificates with a CA that has bad days, and of which every third word
/// about renewals is late or makes no sense.</summary>
public sealed class SimulatedYearTests(ITestOutputHelper output)
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("SSTP_TEST_LONG") == "1";

    [Fact]
    public async Task No_certificate_expires_no_limit_is_met_and_renewals_are_spread()
    {
        var (classic, tlsserver, shortlived) = IsLong ? (70, 65, 65) : (6, 4, 2);
        var world = new CertificateWorld();
        var outages = Outages().ToArray();
        world.Ca.Options.IsDown = now => outages.Any(outage => now >= outage.Begin && now < outage.End);
        world.Ca.Options.Processing = TimeSpan.FromSeconds(2);
        world.Ca.Options.Window = Window;
        for (var i = 0; i < classic; i++) world.Add(CertificateWorld.Acme($"classic{i}", "classic", $"c{i}.office.test"));
        for (var i = 0; i < tlsserver; i++) world.Add(CertificateWorld.Acme($"tlsserver{i}", "tlsserver", $"t{i}.office.test"));
        for (var i = 0; i < shortlived; i++) world.Add(CertificateWorld.Acme($"short{i}", "shortlived", $"s{i}.office.test"));
        await world.RunAsync(TimeSpan.FromHours(6));

        for (var day = 0; day < 365; day++)
        {
            await world.RunAsync(TimeSpan.FromDays(1));
            if (day % 91 == 45)
            {
                world.Boot();    // an upgrade of the operator now and then
                world.EnqueueAll();
            }

            foreach (var certificate in world.Cluster.All())
            {
                Assert.True(
                    certificate.Status!.NotAfter > world.Now,
                    $"{certificate.Metadata.Name} expired at {certificate.Status.NotAfter:u}");
            }
        }

        var report = new YearReport(world.Ca);
        output.WriteLine(report.ToString());
        Assert.Equal(0, world.Ca.FailedValidations);
        Assert.Equal(0, world.Dns.TxtCount);
        Assert.True(report.LeastLeft > TimeSpan.Zero, $"a certificate was renewed {report.LeastLeft} before its end");
        Assert.True(report.MostOfOneNameInAWeek <= 5, $"{report.MostOfOneNameInAWeek} certificates for one name in a week");
        Assert.True(report.MostOrdersInThreeHours <= 250, $"{report.MostOrdersInThreeHours} orders in three hours");
        Assert.True(world.Ca.MostOpenOrders <= world.Limits.Concurrent, $"{world.Ca.MostOpenOrders} orders at once");

        // Made in one hour in the beginning, the long-lived ones come apart:
        // no day of the second half has more than a fifth of them.
        var late = world.Ca.Issued.Where(certificate =>
            certificate.Names.StartsWith('c') && certificate.IssuedAt > DateTimeOffset.UnixEpoch.AddDays(200))
            .ToArray();
        Assert.True(
            YearReport.Most(late.Select(certificate => certificate.IssuedAt), TimeSpan.FromDays(1)) <= Math.Max(4, classic / 5),
            "renewals come in bursts");
        Assert.All(world.Cluster.All(), certificate => Assert.Equal(
            ConditionStatus.True, certificate.Status!.Conditions.Single(condition => condition.Type == "Ready").Status));
        Assert.InRange(
            world.Ca.Issued.Count,
            classic * 4 + tlsserver * 8 + shortlived * 70,
            classic * 9 + tlsserver * 16 + shortlived * 160);
    }

    /// <summary>By the last digit of the name: as Let's Encrypt does; late, up to the last hours;
    /// or from the last day to long after the end.</summary>
    private static (double Start, double End) Window(CaCertificate certificate)
    {
        var isShort = certificate.NotAfter - certificate.NotBefore < TimeSpan.FromDays(10);
        return (certificate.Names[certificate.Names.IndexOf('.') - 1] - '0') switch
        {
            0 or 3 or 6 or 9 => isShort ? (0.48, 0.52) : (2 / 3.0 - 0.02, 2 / 3.0 + 0.02),
            1 or 4 or 7 => isShort ? (0.62, 0.70) : (0.80, 0.99),
            _ => (0.99, 3),
        };
    }

    /// <summary>An hour a month, a day a quarter, and three days twice.</summary>
    private static IEnumerable<(DateTimeOffset Begin, DateTimeOffset End)> Outages()
    {
        var start = DateTimeOffset.UnixEpoch;
        for (var month = 0; month < 12; month++)
            yield return (start.AddDays(month * 30 + 11), start.AddDays(month * 30 + 11).AddHours(1));
        for (var quarter = 0; quarter < 4; quarter++)
            yield return (start.AddDays(quarter * 91 + 33), start.AddDays(quarter * 91 + 34));
        yield return (start.AddDays(120), start.AddDays(123));
        yield return (start.AddDays(250), start.AddDays(253));
    }
}
