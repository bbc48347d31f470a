using System.Net;
using GatewayConfig.Channel;
using Operator.Gateways.Channel;

namespace Operator.Dns.Vantages;

/// <summary>One gateway process, and what it was told that it may be asked to look at.</summary>
public sealed class ToldGateway(IGatewayChannel channel)
{
    private volatile IReadOnlySet<IPEndPoint> _told = new HashSet<IPEndPoint>();

    /// <param name="targets">What it is going to dial.</param>
    /// <param name="all">What else it may be asked about; only wanted when it has to be told.</param>
    /// <exception cref="GatewayChannelException">It cannot be asked, or does not look.</exception>
    public async Task<ProbeResult> AskAsync(
        ProbeRequest request, IReadOnlyList<IPEndPoint> targets, Func<IReadOnlySet<IPEndPoint>> all, CancellationToken stopping)
    {
        if (!targets.All(_told.Contains)) await TellAsync(targets, all(), stopping);
        try
        {
            return await channel.ProbeAsync(request, stopping);
        }
        catch (GatewayChannelException exception) when (exception.Fault == ChannelFault.Rejected)
        {
            // A gateway that has started anew has forgotten what it was told.
            await TellAsync(targets, all(), stopping);
            return await channel.ProbeAsync(request, stopping);
        }
    }

    private async Task TellAsync(IReadOnlyList<IPEndPoint> targets, IReadOnlySet<IPEndPoint> all, CancellationToken stopping)
    {
        // An address that was published a moment ago is not in any status yet; it comes first, if there is not room for all.
        var told = targets.Concat(all).Distinct().Take(ProbeTargets.Capacity).ToHashSet();
        try
        {
            await channel.PutProbeTargetsAsync(
                new ProbeTargets { Targets = [.. told.Select(target => target.ToString()).Order(StringComparer.Ordinal)] },
                stopping);
        }
        catch (GatewayChannelException exception) when (exception.Fault == ChannelFault.NotSupported)
        {
            // A gateway of the version before: it looks without having been told.
        }

        _told = told;
    }
}
