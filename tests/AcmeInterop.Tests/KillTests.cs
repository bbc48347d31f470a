using System.Globalization;
using AcmeInterop.Tests.Servers;
using TestSupport.Prerequisites;
using TestSupport.Processes;
using Xunit.Abstractions;

namespace AcmeInterop.Tests;

/// <summary>SIGKILL before and after each request to the CA, each update of DNS, and before each write:
/// one certificate at Pebble, nothing left in BIND.</summary>
[Collection(AcmeLaboratoryCollection.Name)]
public sealed class KillTests(AcmeLaboratory laboratory, ITestOutputHelper output)
{
    /// <summary>A shorter run takes every twelfth moment; the unit tests take all of them, without a process.</summary>
    private static readonly int Stride = Environment.GetEnvironmentVariable("SSTP_TEST_LONG") == "1" ? 1 : 12;

    [RequiresFact("named", "pebble", "dig")]
    public async Task Killed_anywhere_there_is_one_certificate_and_no_leftovers()
    {
        // Good nonces all, so that a run has as many moments as the one before.
        await using var pebble = await Pebble.StartAsync(laboratory.Bind.EndPoint, settings: ("PEBBLE_WFE_NONCEREJECT", "0"));
        var moments = await CountAsync(pebble);
        Assert.True(moments >= 40, $"only {moments} moments");

        output.WriteLine($"{moments} moments, of which each {Stride}. is taken");
        for (var at = 0; at < moments; at += Stride)
        {
            using var scenario = new AcmeScenario(pebble, laboratory.Bind);
            scenario.Add(["killed.office.test", "*.killed.office.test"]);
            var before = pebble.IssuedCount;

            var killed = await RunAsync(scenario, at);
            Assert.True(killed.ExitCode == 137, $"moment {at} was not reached:\n{killed.Output}");
            var where = killed.Output.TrimEnd().Split('\n')[^1];
            (await RunAsync(scenario, null)).Expect();

            await scenario.AssertIssuedAsync();
            Assert.True(pebble.IssuedCount == before + 1, $"killed at {where}: {pebble.IssuedCount - before} certificates");
        }
    }

    private async Task<int> CountAsync(Pebble pebble)
    {
        using var scenario = new AcmeScenario(pebble, laboratory.Bind);
        scenario.Add(["counted.office.test", "*.counted.office.test"]);
        var whole = (await RunAsync(scenario, null)).Expect();
        await scenario.AssertIssuedAsync();
        return whole.Split('\n').Count(line => line.StartsWith("moment ", StringComparison.Ordinal));
    }

    private Task<CommandResult> RunAsync(AcmeScenario scenario, int? moment)
    {
        string[] arguments =
        [
            typeof(KillTests).Assembly.Location, scenario.Folder, laboratory.Bind.EndPoint.ToString(), "office",
        ];
        return Command.TryRunAsync(
            TimeSpan.FromMinutes(2), "dotnet",
            moment is { } at ? [.. arguments, at.ToString(CultureInfo.InvariantCulture)] : arguments);
    }
}
