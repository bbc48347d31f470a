using System.Net.Sockets;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using TestSupport.Prerequisites;
using TestSupport.Processes;
using TestSupport.Waiting;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Operation;

public sealed class ReloadTests(ITestOutputHelper report) : Scenario(report)
{
    private const string IsCurrent = "sstp_gateway_configuration_current";

    [RequiresFact("ip", "ping")]
    public async Task New_access_rules_take_hold_of_a_call_that_is_up_without_ending_it()
    {
        await using var echo = new AddressEcho(Laboratory.Inside, Laboratory.InsideHost);
        var client = Dial();
        await client.WaitForRoutesAsync();
        var session = await SessionAsync();
        await AddressEcho.AskAsync(client.Namespace, echo.EndPoint);

        Gateway.Files.Write(new GatewayOptions { AccessRules = "[{action: deny, groups: [staff], protocol: tcp}]" });
        Gateway.Signal(Signal.HangUp);
        await Eventually.TrueAsync("the new rules to be in force", Soon, async () =>
        {
            try
            {
                await AddressEcho.AskAsync(client.Namespace, echo.EndPoint);
                return false;
            }
            catch (SocketException)
            {
                return true;
            }
        });

        await PingAsync(client, Laboratory.InsideHost);
        Assert.Equal(session, await SessionAsync());
    }

    [RequiresFact("ip", "ping")]
    public async Task A_file_with_mistakes_changes_nothing_and_all_of_them_are_said()
    {
        var client = Dial();
        await client.WaitForRoutesAsync();
        Assert.Equal(1, await Admin.MetricAsync(IsCurrent));
        var good = await File.ReadAllTextAsync(Gateway.Files.Configuration);

        Gateway.Files.WriteConfiguration(good
            .Replace("drainTime: 1s", "drainTime: soon", StringComparison.Ordinal)
            .Replace("masquerade: true", "masqerade: true", StringComparison.Ordinal));
        await Admin.WaitForMetricAsync(IsCurrent, "", 0, Soon);

        await WaitForLogAsync("drainTime");
        await WaitForLogAsync("masqerade");
        await PingAsync(client, Laboratory.InsideHost);
        await Dial("bob", Laboratory.Other).WaitForAddressAsync();
        await Admin.WaitForSessionsAsync(2, Soon);

        Gateway.Files.WriteConfiguration(good);
        await Admin.WaitForMetricAsync(IsCurrent, "", 1, Soon);
    }

    [RequiresFact("ip", "ping")]
    public async Task A_user_added_to_the_file_can_log_in_and_one_removed_no_longer_can()
    {
        Assert.Equal(7, await Dial("carol").WaitForExitAsync(Soon));

        Gateway.Files.Write(new GatewayOptions { Users = $"- {{name: carol, password: \"{GatewayOptions.Password}\"}}" });
        Gateway.Signal(Signal.HangUp);
        await Eventually.TrueAsync("the users to be read", Soon, async () =>
            await Admin.MetricAsync("sstp_gateway_users_loads_total", "result=\"accepted\"") >= 2);

        await Dial("carol").WaitForAddressAsync();
        Assert.Equal(7, await Dial("alice", Laboratory.Other).WaitForExitAsync(Soon));
    }

    [RequiresFact("ip", "ping")]
    public async Task A_gateway_does_not_start_from_a_file_with_mistakes_and_says_all_of_them()
    {
        var good = await File.ReadAllTextAsync(Gateway.Files.Configuration);
        var bad = Laboratory.Folder.Write("bad.yaml", good
            .Replace("drainTime: 1s", "drainTime: soon", StringComparison.Ordinal)
            .Replace("10.77.0.0/24", "10.77.0.0/33", StringComparison.Ordinal));

        var result = await Laboratory.GatewayNamespace.TryRunAsync(
            Soon, "dotnet", GatewayProcess.Program, "run", "--config", bad);

        Assert.Equal(78, result.ExitCode); // EX_CONFIG of sysexits.h
        Assert.Contains("drainTime", result.Output);
        Assert.Contains("addressing.pools4", result.Output);
    }

    private async Task<string> SessionAsync()
    {
        var session = Assert.Single(await Admin.SessionsAsync());
        return $"{session.GetProperty("id")} {session.GetProperty("since")}";
    }
}
