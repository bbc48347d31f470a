using System.CommandLine;
using System.Globalization;
using System.Net;
using KubectlSstp.Cluster;
using KubectlSstp.Output;
using KubectlSstp.Users;
using SstpClient.Calls;
using SstpClient.Dialing;
using SstpClient.Load;
using SstpProtocol.Ppp.Authentication;
using SstpTransport.Pumping;

namespace KubectlSstp.Bench;

/// <summary><c>kubectl sstp bench NAME --user USER</c>: places calls from here, with this
/// program's own client, and measures them.</summary>
internal static class BenchCommand
{
    /// <summary>IPv4 and ICMP headers and the 56 octets that ping sends.</summary>
    private const int SmallEcho = 84;

    private const int EchoesInFlight = 64;

    public static Command Create(ClusterOptions cluster)
    {
        var gateway = new Argument<string>("gateway") { Description = "The VpnGateway." };
        var user = new Option<string>("--user")
        {
            Description = "Log in as this user; the password comes from the terminal or standard input.", Required = true,
        };
        var seconds = new Option<int>("--seconds")
        {
            Description = "How long to measure each thing, 1 to 60.", DefaultValueFactory = _ => 5,
        };
        var calls = new Option<int>("--calls")
        {
            Description = "Calls to set up, one after the other, 1 to 20.", DefaultValueFactory = _ => 3,
        };
        var address = new Option<IPAddress?>("--address")
        {
            Description = "Dial this address in place of those the name has.",
            CustomParser = result => IPAddress.TryParse(result.Tokens[0].Value, out var parsed) ? parsed : Refuse(result),
        };
        var authority = new AuthorityOption();
        var output = new OutputOption(hasWide: false);
        seconds.Validators.Add(result => Bound(result, 60));
        calls.Validators.Add(result => Bound(result, 20));
        var command = new Command(
            "bench",
            "Measure a call from here: set-up, round trip, throughput. Loads the line for the time given; "
            + "exit code 1 when no call came up.")
        {
            gateway, user, seconds, calls, address, authority.Option, output.Option,
        };
        command.SetAction((parsed, stopping) => cluster.RunAsync(parsed, async session =>
        {
            var name = parsed.GetRequiredValue(gateway);
            var found = await session.GatewayAsync(name, stopping);
            var spec = found.Spec;
            var host = spec.Hostname ?? parsed.GetValue(address)?.ToString()
                ?? throw new RefusedException($"VpnGateway {name} has no hostname: say by --address where to call.");
            var login = parsed.GetRequiredValue(user);
            var roots = authority.Read(parsed);
            if (roots.Count == 0) roots = (await new IssuerAuthority(session).FindAsync(found, stopping))?.Certificates ?? [];
            var settings = new CallSettings
            {
                Dial = new DialSettings
                {
                    Host = host,
                    Port = spec.Listening.Port,
                    Address = parsed.GetValue(address),
                    TrustedRoots = roots.Count > 0 ? [.. roots] : null,
                },
                Credentials = new PeerCredentials(login, PasswordInput.Once(login)),
                Ipv6 = false,
            };
            var result = await MeasureAsync(
                name, settings, parsed.GetValue(calls),
                TimeSpan.FromSeconds(parsed.GetValue(seconds)), spec.Network.Mtu, stopping);
            if (output.IsJson(parsed)) OutputOption.WriteJson(result);
            else Write(result);
            return ExitCode.Success;
        }));
        return command;
    }

    private static async Task<BenchResult> MeasureAsync(
        string gateway, CallSettings call, int calls, TimeSpan hold, int mtu, CancellationToken stopping)
    {
        var setUp = new List<double>();
        HoldReport? small = null;
        for (var number = 0; number < calls; number++)
        {
            var isLast = number == calls - 1;
            small = await RunAsync(gateway, new LoadSettings
            {
                Call = call,
                Calls = 1,
                Hold = isLast ? hold : TimeSpan.Zero,
                EchoesInFlight = isLast ? 1 : 0,
                EchoSize = SmallEcho,
            }, setUp, stopping);
        }
        var large = await RunAsync(
            gateway, new LoadSettings { Call = call, Calls = 1, Hold = hold, EchoesInFlight = EchoesInFlight, EchoSize = mtu },
            setUp, stopping);
        setUp.Sort();
        return new BenchResult(
            setUp, small!.Echoes == 0 ? null : Math.Round(small.Seconds * 1000 / small.Echoes, 3),
            large.Echoes == 0 ? null : Math.Round(large.MegabitsPerSecond, 1), small.Echoes + large.Echoes);
    }

    private static async Task<HoldReport> RunAsync(
        string gateway, LoadSettings settings, List<double> setUp, CancellationToken stopping)
    {
        using var runner = new LoadRunner(settings, new MonotonicClock(TimeProvider.System));
        string? failure = null;
        var held = await runner.RunAsync(report =>
        {
            setUp.AddRange(report.SetupSeconds.Select(each => Math.Round(each * 1000, 1)));
            if (report.Failed > 0) failure = string.Join(" ", report.Failures);
        }, stopping);
        return failure is null
            ? held
            : throw new RefusedException($"No call came up: {failure} \"kubectl sstp doctor {gateway}\" finds out why.");
    }

    private static void Write(BenchResult result)
    {
        string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        var report = new Report("WHAT", "MEASURED");
        var setUps = result.SetUpMilliseconds;
        report.Add(
            "set-up", Text($"{result.MedianSetUp:0.0} ms (median of {setUps.Count}; {setUps[0]:0.0} to {setUps[^1]:0.0})"));
        report.Add("round trip", result.RoundTripMilliseconds is { } trip
            ? Text($"{trip:0.000} ms")
            : "the gateway's inside address does not answer echoes");
        report.Add("throughput", result.MegabitsPerSecond is { } rate
            ? Text($"{rate:0.0} Mbit/s each way, echoed")
            : "the gateway's inside address does not answer echoes");
        report.Write();
    }

    private static IPAddress? Refuse(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"--address: \"{result.Tokens[0].Value}\" is no address; give one such as 203.0.113.10.");
        return null;
    }

    private static void Bound(System.CommandLine.Parsing.OptionResult result, int most)
    {
        if (result.GetValueOrDefault<int>() is var given && (given < 1 || given > most))
            result.AddError($"{result.Option.Name}: give 1 to {most}.");
    }
}
