using System.CommandLine;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using SstpClient.Load;
using SstpTransport.Pumping;

namespace SstpClient.Commands;

/// <summary><c>sstp-client load</c>: many calls from one process.</summary>
internal static class LoadCommand
{
    public static Command Create()
    {
        var server = new ServerOptions();
        var calls = new Option<int>("--calls") { Description = "Calls to hold at once.", DefaultValueFactory = _ => 100 };
        var parallel = new Option<int>("--parallel")
        {
            Description = "Calls being set up at the same time.", DefaultValueFactory = _ => 8,
        };
        var warmUp = new Option<int>("--warm-up")
        {
            Description = "Calls to set up and hang up before, which count for nothing.", DefaultValueFactory = _ => 0,
        };
        var rate = new Option<double?>("--rate") { Description = "Calls begun per second at most." };
        var hold = new Option<string>("--hold")
        {
            Description = "How long all stay up, in seconds (\"60s\" or \"60\").", DefaultValueFactory = _ => "10s",
        };
        var echoes = new Option<int>("--echoes")
        {
            Description = "Echo requests each call keeps in flight while holding.", DefaultValueFactory = _ => 0,
        };
        var every = new Option<string?>("--echo-every")
        {
            Description =
                "Send one echo request a call in this time instead, in seconds (1 to 3600), and count those without a reply.",
        };
        var size = new Option<int>("--size") { Description = "Bytes of each echo's IP packet.", DefaultValueFactory = _ => 1400 };
        var json = new Option<bool>("--json") { Description = "One JSON object when all calls are up, another at the end." };
        var command = new Command(
            "load", "Place many calls as one user, hold them, and hang up. Exit code 1 when a call failed or was lost.")
        {
            calls, parallel, warmUp, rate, hold, echoes, every, size, json,
        };
        server.AddTo(command);
        Require(calls, value => value is >= 1 and <= 100_000, "--calls: give 1 to 100000");
        Require(parallel, value => value is >= 1 and <= 1000, "--parallel: give 1 to 1000");
        Require(warmUp, value => value is >= 0 and <= 1000, "--warm-up: give 0 to 1000");
        Require(rate, value => value is null or > 0, "--rate: give more than 0");
        Require(hold, value => Seconds(value) is not null, "--hold: give seconds, such as 60s");
        Require(echoes, value => value is >= 0 and <= 1000, "--echoes: give 0 to 1000");
        Require(
            every,
            value => value is null || Seconds(value) is { TotalSeconds: >= 1 and <= 3600 },
            "--echo-every: give 1 to 3600 seconds, such as 5s");
        Require(size, value => value is >= 28 and <= 4087, "--size: give 28 to 4087");
        command.SetAction((parsed, _) => RunAsync(
            () => new LoadSettings
            {
                Call = server.Read(parsed) with { Ipv6 = false },
                Calls = parsed.GetValue(calls),
                Parallel = parsed.GetValue(parallel),
                WarmUp = parsed.GetValue(warmUp),
                Rate = parsed.GetValue(rate),
                Hold = Seconds(parsed.GetRequiredValue(hold))!.Value,
                EchoesInFlight = parsed.GetValue(echoes),
                EchoInterval = Seconds(parsed.GetValue(every)),
                EchoSize = parsed.GetValue(size),
            },
            parsed.GetValue(json)));
        return command;
    }

    private static void Require<T>(Option<T> option, Func<T?, bool> isValid, string message) =>
        option.Validators.Add(result =>
        {
            if (!isValid(result.GetValueOrDefault<T>())) result.AddError(message);
        });

    private static TimeSpan? Seconds(string? text) =>
        double.TryParse(text?.TrimEnd('s'), out var seconds) && seconds is >= 0 and <= 86_400
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static async Task<int> RunAsync(Func<LoadSettings> read, bool json)
    {
        using var hangUp = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, HangUp);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, HangUp);
        try
        {
            var settings = read();
            var failed = 0;
            using var runner = new LoadRunner(settings, new MonotonicClock(TimeProvider.System));
            var held = await runner.RunAsync(
                report =>
                {
                    failed = report.Failed;
                    Console.WriteLine(json ? JsonSerializer.Serialize(report, LoadReportJson.Default.LoadReport) : Text(report));
                },
                hangUp.Token).ConfigureAwait(false);
            if (!json)
                Console.WriteLine(
                    $"held {held.Seconds:0.0} s, {held.Lost} lost, {held.Echoes} echoes, {held.Unanswered} unanswered, "
                    + $"{held.MegabitsPerSecond:0} Mbit/s each way");
            else Console.WriteLine(JsonSerializer.Serialize(held, LoadReportJson.Default.HoldReport));
            return failed + held.Lost == 0 ? 0 : 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return 1;
        }

        void HangUp(PosixSignalContext context)
        {
            context.Cancel = true;
            hangUp.Cancel();
        }
    }

    private static string Text(LoadReport report)
    {
        var sorted = report.SetupSeconds.Order().ToList();
        var times = sorted.Count == 0
            ? ""
            : $"; set up in {sorted[sorted.Count / 2] * 1000:0} ms (median), {sorted[^1] * 1000:0} ms (slowest)";
        return $"{sorted.Count} calls up, {report.Failed} failed{times}"
            + string.Concat(report.Failures.Select(reason => $"\n  failed: {reason}"));
    }
}
