using System.CommandLine;
using KubeApi.Client;
using KubeApi.Objects;
using KubectlSstp.Cluster;
using KubectlSstp.Output;
using Operator.Resources;

namespace KubectlSstp.Status;

/// <summary><c>kubectl sstp status</c>: the three kinds of a namespace on one screen, with what to know about each.</summary>
internal static class StatusCommand
{
    public static Command Create(ClusterOptions cluster)
    {
        var output = new OutputOption(hasWide: false);
        var command = new Command("status", "Gateways, names and certificates on one screen. Exit code 2 when one is not ready.")
        {
            output.Option,
        };
        command.SetAction((parsed, stopping) => cluster.RunAsync(parsed, async session =>
        {
            var rows = new List<StatusRow>();
            rows.AddRange((await ListAsync(session, Kinds.VpnGateways, stopping)).Select(gateway => StatusRow.Of(gateway)));
            rows.AddRange((await ListAsync(session, Kinds.DdnsRecords, stopping)).Select(record => StatusRow.Of(record)));
            rows.AddRange(
                (await ListAsync(session, Kinds.SstpCertificates, stopping)).Select(certificate => StatusRow.Of(certificate)));
            if (output.IsJson(parsed)) OutputOption.WriteJson(rows);
            else if (rows.Count == 0)
            {
                Console.WriteLine($"There is nothing of {ApiGroup.Name} in namespace {session.Namespace}.");
            }
            else
            {
                Write(rows);
            }
            return rows.All(row => row.IsReady) ? ExitCode.Success : ExitCode.Ill;
        }));
        return command;
    }

    private static async Task<List<T>> ListAsync<T>(ClusterSession session, ResourceType<T> type, CancellationToken stopping)
        where T : notnull
    {
        var list = await session.Client.ListAsync(type, new ListOptions { Namespace = session.Namespace }, stopping);
        return [.. list.Items.Select(item => item.Value)];
    }

    private static void Write(List<StatusRow> rows)
    {
        var report = new Report("KIND", "NAME", "READY", "WHAT", "TO KNOW");
        foreach (var row in rows)
            report.Add(
                row.Kind, row.Name, new Cell(row.Ready, row.IsReady ? "green" : row.IsAtWork ? "yellow" : "red"),
                row.What, row.ToKnow);
        report.Write();
    }
}
