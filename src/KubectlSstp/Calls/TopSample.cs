using KubectlSstp.Output;

namespace KubectlSstp.Calls;

/// <summary>The calls at one moment, and what they did since the moment before. Pure.</summary>
internal sealed record TopSample(DateTimeOffset At, IReadOnlyList<CallRow> Calls)
{
    /// <summary>The busiest calls, with their rates since an earlier sample.</summary>
    /// <param name="before">Null: rates are not known yet.</param>
    /// <param name="rows">At most so many.</param>
    public Report Table(TopSample? before, int rows)
    {
        var report = new Report("VPNGATEWAY", "GATEWAY", "CALL", "USER", "ADDRESS", "UP", "FROM CLIENT", "TO CLIENT", "TOTAL");
        foreach (var (row, up, down) in Calls.Select(row =>
            (row, Up: Rate(row, before, call => call.BytesFromClient), Down: Rate(row, before, call => call.BytesToClient)))
            .OrderByDescending(item => (item.Up ?? 0) + (item.Down ?? 0))
            .ThenByDescending(item => item.row.Call.BytesFromClient + item.row.Call.BytesToClient)
            .Take(rows))
        {
            report.Add(
                row.VpnGateway, row.Gateway, row.Call.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
                row.Call.User, row.Call.Address4 ?? "",
                Words.Age(At - row.Call.Since), Shown(up), Shown(down),
                Words.Bytes(row.Call.BytesFromClient + row.Call.BytesToClient));
        }
        return report;
    }

    public string Headline(TopSample? before)
    {
        double? Sum(Func<GatewayConfig.Channel.SessionReport, long> bytes) =>
            before is null ? null : Calls.Sum(row => Rate(row, before, bytes) ?? 0);
        return $"{Words.Count(Calls.Count, "call")}, from clients {Shown(Sum(call => call.BytesFromClient))}, "
            + $"to clients {Shown(Sum(call => call.BytesToClient))}";
    }

    /// <returns>Bits a second; null when the call was not there before.</returns>
    private double? Rate(CallRow row, TopSample? before, Func<GatewayConfig.Channel.SessionReport, long> bytes)
    {
        if (before is null || At <= before.At) return null;
        var earlier = before.Calls.FirstOrDefault(other => other.Reference == row.Reference);
        return earlier is null ? null : (bytes(row.Call) - bytes(earlier.Call)) * 8 / (At - before.At).TotalSeconds;
    }

    private static string Shown(double? bits) => bits is { } known ? Words.Rate(known) : "-";
}
