using System.Text;
using System.Text.RegularExpressions;
using Operator.Dns.Providers.Dyndns2;
using Operator.Resources.DdnsRecords;
using TestSupport.Files;
using TestSupport.Prerequisites;

namespace Operator.Tests.Dns.Providers;

/// <summary>Every service that ddclient and inadyn ship is served here, or it is said why not.</summary>
public sealed partial class ClientServicesTests
{
    private static readonly (string Program, string Service, string How, string What)[] Table =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "tests/Operator.Tests/Dns/Providers/client-services.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries))
            .Select(parts => (parts[0], parts[1], parts[2], parts[3])),
    ];

    [Fact]
    public void Whatever_serves_a_service_exists_and_no_service_is_left_without_a_reason()
    {
        Assert.All(Table, entry => Assert.True(
            entry.How switch
            {
                "preset" => PresetFile.All.ContainsKey(entry.What),
                "kind" => Enum.TryParse<DnsProviderKind>(entry.What, out _),
                "none" => entry.What.Length > 5,
                _ => false,
            },
            $"{entry.Program} {entry.Service}: {entry.How} {entry.What}"));
        Assert.Equal(Table.Length, Table.Select(entry => entry.Program + entry.Service).Distinct().Count());
    }

    [RequiresFact("inadyn")]
    public void The_inadyn_that_is_installed_ships_no_other_service()
    {
        var binary = Encoding.Latin1.GetString(
            File.ReadAllBytes(new[] { "/usr/sbin/inadyn", "/usr/bin/inadyn" }.First(File.Exists)));

        var shipped = InadynName().Matches(binary).Select(match => match.Value).Distinct().ToArray();

        Assert.Contains("default@dyndns.org", shipped);
        Assert.Empty(shipped.Except(Table.Where(entry => entry.Program == "inadyn").Select(entry => entry.Service)));
    }

    [RequiresFact("ddclient")]
    public void The_ddclient_that_is_installed_ships_no_other_protocol()
    {
        var script = File.ReadAllText(new[] { "/usr/bin/ddclient", "/usr/sbin/ddclient" }.First(File.Exists));

        var shipped = DdclientProtocol().Matches(script).Select(match => match.Groups[1].Value).Distinct().ToArray();

        Assert.Contains("dyndns2", shipped);
        Assert.Empty(shipped.Except(Table.Where(entry => entry.Program == "ddclient").Select(entry => entry.Service)));
    }

    [Fact]
    public void Every_pattern_of_answers_says_what_it_rests_on()
    {
        Assert.All(PresetFile.All.Values, preset => Assert.Equal(
            preset.Template.Grammar == Operator.Dns.Providers.Templates.AnswerGrammar.Patterns,
            preset.Basis is { Length: > 10 }));
    }

    [GeneratedRegex("(?<![A-Za-z0-9])(default|ipv4|ipv6|ipv6tb|dyndns)@[a-z0-9][a-z0-9.-]+[a-z0-9]")]
    private static partial Regex InadynName();

    [GeneratedRegex("^sub nic_([a-z0-9]+)_update \\{", RegexOptions.Multiline)]
    private static partial Regex DdclientProtocol();
}
