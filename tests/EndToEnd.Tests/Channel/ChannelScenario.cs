using EndToEnd.Tests.Programs;
using EndToEnd.Tests.RawClient;
using GatewayConfig.Channel;
using Operator.Gateways.Channel;
using TestSupport.Certificates;
using TestSupport.Waiting;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Channel;

/// <summary>The operator's end of the channel against the running program.</summary>
public abstract class ChannelScenario(PodSite site, ITestOutputHelper report) : Scenario(report, site)
{
    protected PodSite Pod { get; } = site;

    protected async Task<GatewayStatus> StatusAsync()
    {
        using var channel = Pod.Open();
        return await channel.GetStatusAsync(CancellationToken.None);
    }

    /// <summary>Pushes something whose revision is higher than what is in force.</summary>
    protected async Task<PushResult> PushAsync(Func<long, ConfigurationBundle> bundle)
    {
        using var channel = Pod.Open();
        var status = await channel.GetStatusAsync(CancellationToken.None);
        return await channel.PushAsync(bundle(status.Configuration.Revision + 1), CancellationToken.None);
    }

    protected static Task WaitForAsync(string what, Func<Task<bool>> condition) => Eventually.TrueAsync(what, Soon, condition);

    /// <returns>SHA-256 in lower-case hexadecimal.</returns>
    protected async Task<string> ShownAsync()
    {
        await using var call = await RawCall.ConnectAsync(Laboratory.Client.Namespace);
        return Convert.ToHexStringLower(call.CertificateHash);
    }

    /// <summary>As the channel writes it.</summary>
    protected static string DigestOf(IssuedCertificate certificate) => certificate.Sha256.ToLowerInvariant();

    /// <summary>Fails unless the channel is refused.</summary>
    protected static async Task<ChannelFault> FaultAsync(IGatewayChannel channel)
    {
        using (channel)
            return (await Assert.ThrowsAsync<GatewayChannelException>(
                () => channel.GetStatusAsync(CancellationToken.None))).Fault;
    }
}
