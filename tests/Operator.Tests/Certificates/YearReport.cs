using System.Globalization;
using System.Text;
using Operator.Tests.Certificates.SimulatedCa;

namespace Operator.Tests.Certificates;

/// <summary>What a CA saw in a year.</summary>
internal sealed class YearReport(SimulatedCa.SimulatedCa ca)
{
    private readonly (CaCertificate Before, TimeSpan Left)[] _renewals =
    [
        .. ca.Issued.GroupBy(certificate => certificate.Names).SelectMany(set =>
        {
            var inOrder = set.OrderBy(certificate => certificate.IssuedAt).ToArray();
            return inOrder.Zip(inOrder.Skip(1), (before, next) => (before, before.NotAfter - next.IssuedAt));
        }),
    ];

    public TimeSpan LeastLeft => _renewals.Min(renewal => renewal.Left);

    public int MostOfOneNameInAWeek => ca.Issued.GroupBy(certificate => certificate.Names).Max(
        set => Most(set.Select(certificate => certificate.IssuedAt), TimeSpan.FromDays(7)));

    public int MostOrdersInThreeHours => Most(ca.OrdersSeen.Select(order => order.Time), TimeSpan.FromHours(3));

    public static int Most(IEnumerable<DateTimeOffset> times, TimeSpan window)
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

    public override string ToString()
    {
        var text = new StringBuilder();
        Add($"issued {ca.Issued.Count}, orders {ca.OrdersSeen.Count}, of them with replaces {ca.Replacements}");
        Add($"requests {ca.Requests.Count}");
        Add($"most orders at once {ca.MostOpenOrders}, in three hours {MostOrdersInThreeHours}");
        Add($"certificates for one name in a week {MostOfOneNameInAWeek}");
        foreach (var profile in _renewals.GroupBy(renewal => renewal.Before.NotAfter - renewal.Before.NotBefore)
            .OrderByDescending(group => group.Key))
        {
            var least = profile.Min(renewal => renewal.Left);
            var most = Most(profile.Select(renewal => renewal.Before.NotAfter - renewal.Left), TimeSpan.FromDays(1));
            Add($"lifetime {profile.Key.TotalDays:0.0} d: {profile.Count()} renewals, at most {most} within a day");
            Add($"    at least {least.TotalHours:0.0} h left");
            foreach (var tenth in profile.GroupBy(renewal => (int)(10 * (1 - renewal.Left / profile.Key)))
                .OrderBy(group => group.Key))
                Add($"    renewed at {tenth.Key * 10} to {tenth.Key * 10 + 10} % of it: {tenth.Count()}");
        }

        return text.ToString();

        void Add(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
    }
}
