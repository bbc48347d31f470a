using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SstpClient.Probe.Reports;

namespace SstpClient.Probe;

/// <summary>The verb <c>probe</c>.</summary>
public static class ProbeCommand
{
    private const string Description =
        """
        Find out whether an SSTP server can be reached and used: name, TCP, TLS and certificate, HTTP, SSTP.

        Exit code: 0 all is well, 1 the command line is wrong; otherwise the step that failed:
        2 dns, 3 tcp, 4 tls or certificate, 5 http, 6 sstp, 7 login.
        """;

    private static readonly Argument<ProbeTarget> Target = new("host")
    {
        Description = "name or address, with :port unless it is 443",
        CustomParser = ParseTarget,
    };

    private static readonly Option<IPAddress?> Address = new("--address")
    {
        Description = "dial this address instead of those that the name has",
        CustomParser = ParseAddress,
    };

    private static readonly Option<FileInfo?> Authorities = new("--ca")
    {
        Description = "PEM file with the only authorities to trust, instead of the system's",
    };

    private static readonly Option<int> MinDays = new("--min-days")
    {
        Description = "fail when the certificate has fewer days left",
        Validators =
        {
            result =>
            {
                if (result.GetValueOrDefault<int>() < 0) result.AddError("--min-days: give 0 or more");
            },
        },
    };

    private static readonly Option<double> Seconds = new("--timeout")
    {
        Description = "seconds for each step",
        DefaultValueFactory = _ => 10,
        Validators =
        {
            result =>
            {
                if (result.GetValueOrDefault<double>() is not (> 0 and <= 3600))
                    result.AddError("--timeout: give more than 0 and at most 3600");
            },
        },
    };

    private static readonly Option<bool> Json = new("--json") { Description = "report as JSON" };

    private static readonly Option<string?> User = new("--user") { Description = "log in as this user, too" };

    private static readonly Option<FileInfo?> PasswordFile = new("--password-file")
    {
        Description = "file whose first line is the password; /dev/stdin reads it from there",
    };

    /// <param name="login">Null leaves out the options for logging in.</param>
    public static Command Create(IProbeLogin? login, TimeProvider clock)
    {
        var command = new Command("probe", Description) { Target, Address, Authorities, MinDays, Seconds, Json };
        if (login is not null)
        {
            command.Add(User);
            command.Add(PasswordFile);
        }

        command.Validators.Add(result => Validate(result, canLogIn: login is not null));
        command.SetAction((parsed, stopping) => RunAsync(parsed, login, clock, stopping));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, IProbeLogin? login, TimeProvider clock, CancellationToken stopping)
    {
        ProbeTarget target;
        try
        {
            target = await ReadTargetAsync(parsed, canLogIn: login is not null, stopping);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(e.Message);
            return 1;
        }

        var report = await new Prober(login, clock).RunAsync(target, stopping);
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(Json)) await output.WriteLineAsync(ProbeReportJson.Write(report));
        else await output.WriteAsync(ProbeReportText.Write(report));
        return report.ExitCode;
    }

    private static async Task<ProbeTarget> ReadTargetAsync(ParseResult parsed, bool canLogIn, CancellationToken stopping)
    {
        var authorities = new X509Certificate2Collection();
        if (parsed.GetValue(Authorities) is { } pem)
        {
            authorities.ImportFromPem(await File.ReadAllTextAsync(pem.FullName, stopping));
            if (authorities.Count == 0) throw new IOException($"--ca: {pem} holds no certificate in PEM form");
        }

        var target = parsed.GetRequiredValue(Target) with
        {
            Address = parsed.GetValue(Address),
            Authorities = [.. authorities],
            MinDaysLeft = parsed.GetValue(MinDays),
            StepTimeout = TimeSpan.FromSeconds(parsed.GetValue(Seconds)),
        };
        if (!canLogIn || parsed.GetValue(User) is not { } user) return target;

        using var passwordFile = new StreamReader(parsed.GetRequiredValue(PasswordFile)!.FullName);
        return target with { Credentials = new ProbeCredentials(user, await passwordFile.ReadLineAsync(stopping) ?? "") };
    }

    private static void Validate(CommandResult result, bool canLogIn)
    {
        if (canLogIn && (result.GetResult(User) is null) != (result.GetResult(PasswordFile) is null))
            result.AddError("--user and --password-file go together");
    }

    private static ProbeTarget? ParseTarget(ArgumentResult result)
    {
        if (!ProbeTarget.TryParse(result.Tokens[0].Value, out var target))
            result.AddError($"\"{result.Tokens[0].Value}\" is no host; give name, name:port, or [IPv6 address]:port");
        return target;
    }

    private static IPAddress? ParseAddress(ArgumentResult result)
    {
        if (!IPAddress.TryParse(result.Tokens[0].Value, out var address))
            result.AddError($"--address: \"{result.Tokens[0].Value}\" is no address");
        return address;
    }
}
