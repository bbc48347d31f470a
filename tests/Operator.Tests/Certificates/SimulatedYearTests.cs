using Operator.Resources;
using Operator.Tests.Certificates.World;

namespace Operator.Tests.Certificates;

/// <summary>A year of many certificates with a CA that has bad days.</summary>
public sealed class SimulatedYearTests
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
                Assert.True(certificate.Status!.NotAfter > world.Now, $"{certificate.Metadata.Name} expired at {certificate.Status.NotAfter:u}");
            }
        }

        var issued = world.Ca.Issued;
        Assert.Equal(0, world.Ca.FailedValidations);
        Assert.Equal(0, world.Dns.TxtCount);
        foreach (var set in issued.GroupBy(certificate => certificate.Names)) Assert.True(Most(set.Select(certificate => certificate.IssuedAt), TimeSpan.FromDays(7)) <= 5, set.Key);
        Assert.True(Most(world.Ca.OrdersSeen.Select(order => order.Time), TimeSpan.FromHours(3)) <= 250);

        // Made in one hour in the beginning, the long-lived ones come apart: no day of the second half has more than a fifth of them.
        var late = issued.Where(certificate => certificate.Names.StartsWith('c') && certificate.IssuedAt > DateTimeOffset.UnixEpoch.AddDays(200)).ToArray();
        Assert.True(Most(late.Select(certificate => certificate.IssuedAt), TimeSpan.FromDays(1)) <= Math.Max(4, classic / 5), "renewals come in bursts");
        Assert.All(world.Cluster.All(), certificate => Assert.Equal(ConditionStatus.True, certificate.Status!.Conditions.Single(condition => condition.Type == "Ready").Status));
        Assert.InRange(issued.Count, classic * 5 + tlsserver * 10 + shortlived * 70, classic * 9 + tlsserver * 16 + shortlived * 160);
    }

    /// <summary>An hour a month, a day a quarter, and three days twice.</summary>
    private static IEnumerable<(DateTimeOffset Begin, DateTimeOffset End)> Outages()
    {
        var start = DateTimeOffset.UnixEpoch;
        for (var month = 0; month < 12; month++) yield return (start.AddDays(month * 30 + 11), start.AddDays(month * 30 + 11).AddHours(1));
        for (var quarter = 0; quarter < 4; quarter++) yield return (start.AddDays(quarter * 91 + 33), start.AddDays(quarter * 91 + 34));
        yield return (start.AddDays(120), start.AddDays(123));
        yield return (start.AddDays(250), start.AddDays(253));
    }

    private static int Most(IEnumerable<DateTimeOffset> times, TimeSpan window)
    {
        var sorted = times.Order().ToArray();
        var most = 0;
        for (int first = 0, last = 0; last < sorted.Length; last++)
        {
            while (sorted[last] - sorted[first] >= window) first++;
            most = Math.Max(most, last - first + 1);
        }

        return most;
    }
}
