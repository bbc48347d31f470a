using System.CommandLine;
using KubectlSstp.Cluster;
using KubectlSstp.Output;
using Operator.Gateways.Desk;

namespace KubectlSstp.Calls;

/// <summary><c>kubectl sstp kick NAME</c>: ends calls politely. The client may dial again at once;
/// who is to stay out is disabled first.</summary>
internal static class KickCommand
{
    public static Command Create(ClusterOptions cluster)
    {
        var gateway = new Argument<string>("gateway") { Description = "The VpnGateway." };
        var calls = new Argument<long[]>("calls")
        {
            Description = "Numbers of calls, as sessions shows them.", Arity = ArgumentArity.ZeroOrMore,
        };
        var all = new Option<bool>("--all") { Description = "All calls, or all that the other options leave." };
        var filter = new CallFilterOptions();
        var command = new Command("kick", "End calls politely. Exit code 1 when one could not be ended, "
            + "or a gateway could not be asked. Who is to stay out: kubectl sstp user disable, first.") { gateway, calls, all };
        filter.AddTo(command);
        command.Validators.Add(result =>
        {
            var numbers = result.GetValue(calls) ?? [];
            var isFiltered = result.GetResult("--user") is not null;
            if (numbers.Length == 0 && !isFiltered && !result.GetValue(all))
                result.AddError("Say which calls: numbers, --user NAME, or --all.");
        });
        command.SetAction((parsed, stopping) => cluster.RunAsync(parsed, async session =>
        {
            var name = parsed.GetRequiredValue(gateway);
            var desk = new GatewayDesk(session, name, TimeProvider.System);
            var ending = new CallEnding(name, request => desk.AskAsync(request, stopping), () =>
                Task.Delay(TimeSpan.FromSeconds(1), stopping));
            var missed = await ending.RunAsync(filter.Of(parsed), parsed.GetValue(calls) ?? [], ended =>
                Console.WriteLine(new Cell($"call {ended.Id} of {ended.User} on {ended.Gateway} is told to end").Plain));
            foreach (var reason in missed) await Console.Error.WriteLineAsync(new Cell(reason).Plain);
            return missed.Count == 0 ? ExitCode.Success : ExitCode.Failed;
        }));
        return command;
    }

    /// <summary>A call that is not shown may have the number that is meant; then another gateway's
    /// call with it is not ended in its place.</summary>
    /// <exception cref="RefusedException">It cannot be told which calls are meant.</exception>
    internal static void RefuseUnsure(DeskAnswer answer, CallFilter filter, IReadOnlyList<long> numbers)
    {
        if (CallEnding.Silent(answer).FirstOrDefault() is { } silent)
        {
            throw new RefusedException(
                $"{silent.Gateway} does not say which calls it has: {silent.Problem}. "
                + (filter.Gateway is null
                    ? "It may have a call of that number too: say which gateway is meant by --gateway. "
                    : "")
                + "Nothing was ended.");
        }
        if (answer.Omitted > 0 && (filter.Gateway is null
            || numbers.Except(answer.Gateways.SelectMany(gateway => gateway.Calls).Select(call => call.Id)).Any()))
        {
            throw new RefusedException(
                $"{answer.Omitted} more calls are up than fit into an answer, and one of them may have that number: "
                + (filter.Gateway is null ? "say which gateway is meant by --gateway. " : "narrow down by --user. ")
                + "Nothing was ended.");
        }
    }

    /// <summary>Those with the numbers given.</summary>
    /// <exception cref="RefusedException">A number is not there, or on several gateways.</exception>
    internal static List<CallRow> Choose(IReadOnlyList<CallRow> up, IReadOnlyList<long> numbers)
    {
        var chosen = new List<CallRow>();
        foreach (var number in numbers.Distinct())
        {
            var found = up.Where(row => row.Call.Id == number).ToList();
            chosen.Add(found.Count switch
            {
                0 => throw new RefusedException(
                    $"There is no call {number}; kubectl sstp sessions shows those there are. Nothing was ended."),
                1 => found[0],
                _ => throw new RefusedException(
                    $"There is a call {number} on {string.Join(" and ", found.Select(row => row.Gateway))}: "
                    + "say which by --gateway. Nothing was ended."),
            });
        }
        return chosen;
    }
}
