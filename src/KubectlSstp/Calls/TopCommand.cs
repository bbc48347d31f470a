using System.CommandLine;
using KubectlSstp.Cluster;
using Operator.Gateways.Desk;
using Spectre.Console;

namespace KubectlSstp.Calls;

/// <summary><c>kubectl sstp top NAME</c>: the busiest calls, live; piped, once.</summary>
internal static class TopCommand
{
    public static Command Create(ClusterOptions cluster)
    {
        var gateway = new Argument<string>("gateway") { Description = "The VpnGateway." };
        var interval = new Option<int>("--interval")
        {
            Description = "Seconds between looks, 1 to 60.", DefaultValueFactory = _ => 2,
        };
        var rows = new Option<int>("--rows") { Description = "Calls to show, 1 to 1000.", DefaultValueFactory = _ => 20 };
        interval.Validators.Add(result => Bound(result, 60));
        rows.Validators.Add(result => Bound(result, 1000));
        var filter = new CallFilterOptions();
        var command = new Command(
            "top", "The busiest calls, live until q or Ctrl-C. Piped: once, with the rates of one interval.")
        {
            gateway, interval, rows,
        };
        filter.AddTo(command);
        command.SetAction((parsed, stopping) => cluster.RunAsync(parsed, async session =>
        {
            var name = parsed.GetRequiredValue(gateway);
            var (pause, count) = (TimeSpan.FromSeconds(parsed.GetValue(interval)), parsed.GetValue(rows));
            var desk = new GatewayDesk(session, name, TimeProvider.System);
            async Task<TopSample> LookAsync()
            {
                var answer = await desk.AskAsync(new DeskRequest { List = filter.Of(parsed) }, stopping);
                return new TopSample(answer.At, [.. CallRow.Of(name, answer)]);
            }

            var before = await LookAsync();
            if (Console.IsOutputRedirected)
            {
                await Task.Delay(pause, stopping);
                var sample = await LookAsync();
                Console.WriteLine(sample.Headline(before));
                sample.Table(before, count).Write();
                return ExitCode.Success;
            }

            TopSample? earlier = null;
            try
            {
                await AnsiConsole.Live(Screen(before, earlier, count)).StartAsync(async live =>
                {
                    live.Refresh();
                    while (!await QuitKey.PressedWithinAsync(pause, stopping))
                    {
                        (earlier, before) = (before, await LookAsync());
                        live.UpdateTarget(Screen(before, earlier, count));
                    }
                });
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // Ctrl-C is how it ends.
            }
            return ExitCode.Success;
        }));
        return command;
    }

    private static Rows Screen(TopSample sample, TopSample? before, int count) =>
        new(new Text(sample.Headline(before)), sample.Table(before, count).ToTable(), new Text("q quits", new Style(Color.Grey)));

    private static void Bound(System.CommandLine.Parsing.OptionResult result, int most)
    {
        if (result.GetValueOrDefault<int>() is var given && (given < 1 || given > most))
            result.AddError($"{result.Option.Name}: give 1 to {most}.");
    }
}
