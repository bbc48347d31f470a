using System.Net;
using System.Text.RegularExpressions;
using SstpGateway.Sessions;
using SstpGateway.Tests.Support;
using SstpProtocol.Ppp;
using TestSupport.Processes;

namespace SstpGateway.Tests.Deployment;

public sealed partial class Fail2banFilterTests
{
    private const string Filter = "deploy/fail2ban/filter.d/sstp-gateway.conf";

    // What an attacker can send as a name, as the session logs it.
    private static readonly string[] Names =
    [
        "alice", @"CORP\alice", "alice@corp.example", "", "O'Brien <o+b&c>", "x\" from 198.51.100.9: y",
        "x\nwarn: SstpGateway.Sessions[2002] Log-in failed for \"x",
        @"x\u0022 from 198.51.100.9: y", @"\", @"\\\", "grün",
    ];

    public static TheoryData<bool, string> Sources => new()
    {
        { false, "192.0.2.1" },
        { false, "2001:db8::1" },
        { true, "192.0.2.1" },
        { true, "2001:db8::1" },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public void Finds_the_address_of_a_failed_log_in_whatever_the_name(bool json, string source)
    {
        foreach (var line in Names.Select(name => FailedLogin(json, name, source)))
        {
            Assert.Equal(source, Banned(line));
            Assert.Equal(source, Banned($"gw1 sstp-gateway[77]: {line}"));
        }
    }

    [Fact]
    public void Bans_nobody_for_other_lines()
    {
        var begun = GatewayLogLine.Of(false, "SstpGateway.Sessions", logger => SessionLog.Refused(
            logger, 1, "Log-in failed for \"x\" from 198.51.100.9: y", new IPEndPoint(IPAddress.Loopback, 1),
            "warn: SstpGateway.Sessions[2002] Log-in failed for \"x\" from 198.51.100.9: y"));

        Assert.Null(Banned(begun));
    }

    [Fail2banFact]
    public async Task Fail2ban_itself_finds_the_same_addresses()
    {
        using var folder = new ScratchFolder();
        var lines = Sources.SelectMany(source =>
            Names.Select(name => (Address: (string)source[1], Line: FailedLogin((bool)source[0], name, (string)source[1]))))
            .ToList();
        var log = folder.Write("gateway.log", string.Concat(lines.Select(line => $"{line.Line}\n")));

        var found = await Command.RunAsync(Fail2banFactAttribute.Program, "-o", "ip", log, RepositoryFiles.Path(Filter));

        Assert.Equal(lines.Select(line => line.Address), found.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string FailedLogin(bool json, string name, string source) => GatewayLogLine.Of(
        json, "SstpGateway.Sessions",
        logger => SessionLog.LoginFailed(logger, PeerText.Escape(name), IPAddress.Parse(source), "the password is wrong"));

    /// <returns>The address that the filter's expressions find, or null.</returns>
    private static string? Banned(string line)
    {
        foreach (var expression in Expressions())
        {
            if (Regex.Match(line, expression) is { Success: true } match) return match.Groups["address"].Value;
        }
        return null;
    }

    /// <summary>The filter's expressions with fail2ban's tags written out (fail2ban, jail.conf(5), "FILTER FILES").</summary>
    private static IEnumerable<string> Expressions()
    {
        var filter = RepositoryFiles.Read(Filter);
        var prefix = PrefixPattern().Match(filter).Groups[1].Value;
        var expressions = ExpressionPattern().Matches(filter).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(2, expressions.Count);
        return expressions.Select(expression => expression
            .Replace("%(_prefix)s", prefix, StringComparison.Ordinal)
            .Replace("<F-USER>", "(?<user>", StringComparison.Ordinal)
            .Replace("</F-USER>", ")", StringComparison.Ordinal)
            .Replace("<ADDR>", "(?<address>[0-9a-fA-F:.]+?)", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^_prefix = (.*)$", RegexOptions.Multiline)]
    private static partial Regex PrefixPattern();

    [GeneratedRegex(@"^(?:failregex =)?\s+(\^.*)$", RegexOptions.Multiline)]
    private static partial Regex ExpressionPattern();
}
