using KubeApi.Objects;
using Operator.Gateways.Channel;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Desk;

/// <summary>Carries out what is asked at a desk, over the channel to the gateways.</summary>
internal sealed class DeskClerk(GatewayCaches caches, GatewayFleet fleet, TimeProvider time)
{
    /// <summary>A gateway answers in milliseconds; one that does not must not hold up what the others say.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public Task<DeskAnswer> CarryOutAsync(VpnGateway gateway, DeskRequest request, CancellationToken stopping) =>
        request.List is { } filter ? ListAsync(gateway, filter, stopping) : EndAsync(gateway, request.End!, stopping);

    private async Task<DeskAnswer> ListAsync(VpnGateway gateway, CallFilter filter, CancellationToken stopping)
    {
        var found = await Task.WhenAll(fleet.ChannelsOf(gateway)
            .Where(member => filter.Gateway is null || member.Pod == filter.Gateway)
            .Select(member => CallsAsync(gateway, member.Pod, member.Channel, filter, stopping))).ConfigureAwait(false);

        var room = DeskFormat.MaxCallsInAnswer;
        var shown = new List<GatewayCalls>();
        foreach (var calls in found)
        {
            shown.Add(calls with { Calls = [.. calls.Calls.Take(room)] });
            room -= shown[^1].Calls.Count;
        }
        return Answer() with
        {
            Gateways = shown, Omitted = found.Sum(calls => calls.Calls.Count) - shown.Sum(calls => calls.Calls.Count),
        };
    }

    private async Task<GatewayCalls> CallsAsync(
        VpnGateway gateway, string pod, IGatewayChannel channel, CallFilter filter, CancellationToken stopping)
    {
        var (calls, problem) = await TryAsync(channel, channel.GetSessionsAsync, stopping).ConfigureAwait(false);
        return new GatewayCalls(pod, NodeOf(gateway, pod), problem, [.. (calls ?? [])
            .Where(call => filter.User is null || string.Equals(call.User, filter.User, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(call => call.Since).ThenByDescending(call => call.Id)]);
    }

    private async Task<DeskAnswer> EndAsync(VpnGateway gateway, IReadOnlyList<CallReference> wanted, CancellationToken stopping)
    {
        var channels = fleet.ChannelsOf(gateway).ToDictionary(member => member.Pod, member => member.Channel);
        var ended = new List<CallReference>();
        var missed = new List<string>();
        foreach (var calls in wanted.GroupBy(call => call.Gateway, StringComparer.Ordinal))
        {
            if (!channels.TryGetValue(calls.Key, out var channel))
            {
                missed.AddRange(calls.Select(call => $"{Words(call)}: there is no such gateway, or it cannot be talked to"));
                continue;
            }

            var (up, problem) = await TryAsync(channel, channel.GetSessionsAsync, stopping).ConfigureAwait(false);
            foreach (var call in calls)
            {
                if (problem is not null) missed.Add($"{Words(call)}: {problem}");
                else if (!up!.Any(found => found.Id == call.Id && found.User == call.User && found.Since == call.Since))
                    missed.Add($"{Words(call)}: it is over already");
                else if (await EndAsync(channel, call, stopping).ConfigureAwait(false) is { } failure)
                    missed.Add($"{Words(call)}: {failure}");
                else ended.Add(call);
            }
        }
        return Answer() with { Ended = ended, NotEnded = missed };
    }

    private async Task<string?> EndAsync(IGatewayChannel channel, CallReference call, CancellationToken stopping)
    {
        var (isThere, problem) = await TryAsync(
            channel, async patience => (bool?)await channel.DisconnectAsync(call.Id, patience).ConfigureAwait(false), stopping)
            .ConfigureAwait(false);
        return problem ?? (isThere == true ? null : "it is over already");
    }

    private async Task<(T? Result, string? Problem)> TryAsync<T>(
        IGatewayChannel channel, Func<CancellationToken, Task<T>> ask, CancellationToken stopping)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, deadline.Token);
        try
        {
            return (await ask(either.Token).ConfigureAwait(false), null);
        }
        catch (GatewayChannelException e)
        {
            return (default, e.Message);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return (default, $"gateway {channel.EndPoint}: no answer within {Patience.TotalSeconds:0} s");
        }
    }

    private string? NodeOf(VpnGateway gateway, string pod) =>
        caches.PodsOf(new ObjectKey(gateway.Metadata.Namespace!, gateway.Metadata.Name))
            .FirstOrDefault(found => found.Metadata.Name == pod)?.Value.Spec?.NodeName;

    private DeskAnswer Answer() => new() { At = time.GetUtcNow() };

    private static string Words(CallReference call) => $"call {call.Id} of {call.User} on {call.Gateway}";
}
