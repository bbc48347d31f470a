using KubectlSstp.Cluster;
using Operator.Gateways.Desk;

namespace KubectlSstp.Calls;

/// <summary>Ends the calls that are meant, and says of which that cannot be sure.</summary>
/// <param name="ask">The desk.</param>
/// <param name="pause">A moment for calls that were told to end, so that others come into the answer.</param>
internal sealed class CallEnding(string vpnGateway, Func<DeskRequest, Task<DeskAnswer>> ask, Func<Task> pause)
{
    /// <summary>Answers that are asked for at most: clients that dial again at once could go on for ever.</summary>
    internal const int MaxAnswers = 20;

    /// <param name="numbers">The calls; empty for all that the filter leaves.</param>
    /// <param name="told">Hears of each call that was told to end.</param>
    /// <returns>What was not done, or may not have been, with the reason.</returns>
    /// <exception cref="RefusedException">Nothing was ended.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(CallFilter filter, IReadOnlyList<long> numbers, Action<CallReference> told)
    {
        var answer = await ask(new DeskRequest { List = filter });
        if (numbers.Count == 0) return await EndAllAsync(filter, answer, told);

        KickCommand.RefuseUnsure(answer, filter, numbers);
        return await EndAsync(
            [.. KickCommand.Choose([.. CallRow.Of(vpnGateway, answer)], numbers).Select(row => row.Reference)], told);
    }

    private async Task<IReadOnlyList<string>> EndAllAsync(CallFilter filter, DeskAnswer answer, Action<CallReference> told)
    {
        var seen = new HashSet<CallReference>();
        var missed = new List<string>();
        for (var answers = 1; ; answers++)
        {
            missed.AddRange(
                await EndAsync([.. CallRow.Of(vpnGateway, answer).Select(row => row.Reference).Where(seen.Add)], told));
            if (answer.Omitted == 0 || answers == MaxAnswers) break;
            await pause();
            answer = await ask(new DeskRequest { List = filter });
        }

        missed.AddRange(Silent(answer).Select(
            gateway => $"{gateway.Gateway} does not say which calls it has, and none of those was ended: {gateway.Problem}"));
        if (answer.Omitted > 0)
            missed.Add(
                $"{answer.Omitted} more calls are up than fit into an answer, and were not ended; "
                + "ask again, or narrow down by --user or --gateway.");
        return seen.Count > 0 || missed.Count > 0
            ? missed
            : throw new RefusedException("There are no such calls; kubectl sstp sessions shows those there are.");
    }

    private async Task<List<string>> EndAsync(IReadOnlyList<CallReference> calls, Action<CallReference> told)
    {
        var missed = new List<string>();
        foreach (var batch in calls.Chunk(DeskFormat.MaxCallsToEnd))
        {
            var answer = await ask(new DeskRequest { End = batch });
            foreach (var ended in answer.Ended) told(ended);
            missed.AddRange(answer.NotEnded);
        }
        return missed;
    }

    internal static IEnumerable<GatewayCalls> Silent(DeskAnswer answer) =>
        answer.Gateways.Where(gateway => gateway.Problem is not null);
}
