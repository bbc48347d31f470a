using System.CommandLine;
using KubeApi.Client;
using KubectlSstp.Cluster;
using KubectlSstp.Output;
using Operator.Gateways.Desk;
using Operator.Resources;

namespace KubectlSstp.Calls;

/// <summary><c>kubectl sstp sessions [NAME]</c>: the calls that are up now, as the gateways themselves say.</summary>
internal static class SessionsCommand
{
    public static Command Create(ClusterOptions cluster)
    {
        var gateway = new Argument<string?>("gateway")
        {
            Description = "The VpnGateway; left out: all of the namespace.", Arity = ArgumentArity.ZeroOrOne,
        };
        var filter = new CallFilterOptions();
        var output = new OutputOption(hasWide: true);
        var command = new Command("sessions", "The calls that are up now. Exit code 1 when a gateway could not be asked.")
        {
            gateway, output.Option,
        };
        filter.AddTo(command);
        command.SetAction((parsed, stopping) => cluster.RunAsync(parsed, async session =>
        {
            var names = parsed.GetValue(gateway) is { } name ? [name] : await NamesAsync(session, stopping);
            var answers = new List<(string Name, DeskAnswer Answer)>();
            foreach (var each in names)
                answers.Add((each, await new GatewayDesk(session, each, TimeProvider.System)
                    .AskAsync(new DeskRequest { List = filter.Of(parsed) }, stopping)));

            var rows = answers.SelectMany(answer => CallRow.Of(answer.Name, answer.Answer)).ToList();
            if (output.IsJson(parsed)) OutputOption.WriteJson(rows);
            else Write(rows, output.IsWide(parsed), TimeProvider.System.GetUtcNow());
            return await ComplainAsync(answers, filter.Of(parsed).Gateway) ? ExitCode.Failed : ExitCode.Success;
        }));
        return command;
    }

    internal static Report Table(IReadOnlyList<CallRow> rows, bool wide, DateTimeOffset now)
    {
        string[] columns = ["VPNGATEWAY", "GATEWAY", "CALL", "USER", "FROM", "ADDRESS", "UP", "RECEIVED", "SENT"];
        var report = new Report(wide ? [.. columns, "NODE", "PREFIX6", "TLS", "METHOD", "CLIENT"] : columns);
        foreach (var row in rows)
        {
            var call = row.Call;
            Cell[] cells =
            [
                row.VpnGateway, row.Gateway, call.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
                call.User, call.Source, call.Address4 ?? "",
                Words.Age(now - call.Since), Words.Bytes(call.BytesFromClient), Words.Bytes(call.BytesToClient),
            ];
            report.Add(
                wide ? [.. cells, row.Node ?? "", call.Prefix6 ?? "", call.TlsVersion, call.Method, call.Client ?? ""] : cells);
        }
        return report;
    }

    private static async Task<List<string>> NamesAsync(ClusterSession session, CancellationToken stopping)
    {
        var list = await session.Client.ListAsync(Kinds.VpnGateways, new ListOptions { Namespace = session.Namespace }, stopping);
        return list.Items.Count > 0
            ? [.. list.Items.Select(item => item.Metadata.Name)]
            : throw new RefusedException($"There is no VpnGateway in namespace {session.Namespace}; give another one with -n.");
    }

    private static void Write(List<CallRow> rows, bool wide, DateTimeOffset now)
    {
        if (rows.Count == 0) Console.WriteLine("No calls.");
        else Table(rows, wide, now).Write();
    }

    /// <returns>Whether there was anything to complain about.</returns>
    private static async Task<bool> ComplainAsync(List<(string Name, DeskAnswer Answer)> answers, string? gateway)
    {
        var complaints = new List<string>();
        if (gateway is not null && answers.All(answer => answer.Answer.Gateways.Count == 0))
            complaints.Add($"There is no gateway {gateway} that runs; kubectl get pods shows those there are.");
        foreach (var (name, answer) in answers)
        {
            complaints.AddRange(answer.Gateways.Where(gateway => gateway.Problem is not null)
                .Select(gateway => $"{gateway.Gateway} does not say: {gateway.Problem}"));
            if (gateway is null && answer.Gateways.Count == 0)
                complaints.Add($"VpnGateway {name} has no gateway that runs; kubectl describe vpngw {name} says why.");
            if (answer.Omitted > 0)
                complaints.Add($"{answer.Omitted} more calls of {name} are not shown; use --user or --gateway.");
        }
        foreach (var complaint in complaints) await Console.Error.WriteLineAsync(new Cell(complaint).Plain);
        return complaints.Count > 0;
    }
}
