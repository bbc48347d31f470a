using System.CommandLine;
using KubectlSstp.Cluster;
using KubectlSstp.Output;
using Operator.Gateways.Desk;

namespace KubectlSstp.Calls;

/// <summary><c>kubectl sstp kick NAME</c>: ends calls politely. The client may dial again at once; who is to stay out is disabled first.</summary>
internal static class KickCommand
{
    public static Command Create(ClusterOptions cluster)
    {
        var gateway = new Argument<string>("gateway") { Description = "The VpnGateway." };
        var calls = new Argument<long[]>("calls") { Description = "Numbers of calls, as sessions shows them.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "All calls, or all that the other options leave." };
        var filter = new CallFilterOptions();
        var command = new Command("kick", "End calls politely. Exit code 1 when one could not be ended. Who is to stay out: kubectl sstp user disable, first.") { gateway, calls, all };
        filter.AddTo(command);
        command.Validators.Add(result =>
        {
            var numbers = result.GetValue(calls) ?? [];
            var isFiltered = result.GetResult("--user") is not null;
            if (numbers.Length == 0 && !isFiltered && !result.GetValue(all)) result.AddError("Say which calls: numbers, --user NAME, or --all.");
        });
        command.SetAction((parsed, stopping) => cluster.RunAsync(parsed, async session =>
        {
            var name = parsed.GetRequiredValue(gateway);
            var desk = new GatewayDesk(session, name, TimeProvider.System);
            var up = CallRow.Of(name, await desk.AskAsync(new DeskRequest { List = filter.Of(parsed) }, stopping)).ToList();
            var chosen = Choose(up, parsed.GetValue(calls) ?? []);

            var missed = new List<string>();
            foreach (var batch in chosen.Chunk(DeskFormat.MaxCallsToEnd))
            {
                var answer = await desk.AskAsync(new DeskRequest { End = [.. batch.Select(row => row.Reference)] }, stopping);
                foreach (var ended in answer.Ended) Console.WriteLine(new Cell($"call {ended.Id} of {ended.User} on {ended.Gateway} is told to end").Plain);
                missed.AddRange(answer.NotEnded);
            }
            foreach (var reason in missed) await Console.Error.WriteLineAsync(new Cell(reason).Plain);
            return missed.Count == 0 ? ExitCode.Success : ExitCode.Failed;
        }));
        return command;
    }

    /// <summary>Those with the numbers given; all when none is.</summary>
    /// <exception cref="RefusedException">A number is not there, or on several gateways.</exception>
    internal static List<CallRow> Choose(IReadOnlyList<CallRow> up, IReadOnlyList<long> numbers)
    {
        if (numbers.Count == 0)
            return up.Count > 0 ? [.. up] : throw new RefusedException("There are no such calls; kubectl sstp sessions shows those there are.");

        var chosen = new List<CallRow>();
        foreach (var number in numbers.Distinct())
        {
            var found = up.Where(row => row.Call.Id == number).ToList();
            chosen.Add(found.Count switch
            {
                0 => throw new RefusedException($"There is no call {number}; kubectl sstp sessions shows those there are. Nothing was ended."),
                1 => found[0],
                _ => throw new RefusedException(
                    $"There is a call {number} on {string.Join(" and ", found.Select(row => row.Gateway))}: say which by --gateway. Nothing was ended."),
            });
        }
        return chosen;
    }
}
