using System.Text.RegularExpressions;
using GatewayConfig.Yaml;

namespace GatewayConfig.Tests;

public sealed partial class ReferenceTests
{
    private static readonly string Reference = File.ReadAllText(Path.Combine(Root(), "docs/reference/gateway-configuration.md"));

    [Fact]
    public void The_reference_has_every_field_and_no_other()
    {
        var described = Rows().Select(row => row.Path);

        // Sections that are always there are headings; only fields have rows.
        Assert.Equal(
            ConfigurationFields.Of(new GatewayConfiguration()).Select(field => field.Path).Order(StringComparer.Ordinal),
            described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_reference_gives_every_default_as_it_is()
    {
        var described = Rows().ToDictionary(row => row.Path, row => row.Default);

        foreach (var (path, value) in ConfigurationFields.Of(new GatewayConfiguration()))
        {
            var expected = value is "" ? "required" : $"`{ConfigurationFields.Written(value)}`";
            Assert.Equal($"{path}: {expected}", $"{path}: {described[path]}");
        }
    }

    [Fact]
    public void The_reference_begins_with_a_file_that_can_be_used()
    {
        var example = ExamplePattern().Match(Reference).Groups[1].Value;

        Assert.True(GatewayConfigurationReader.TryRead(example, out _, out var errors), string.Join('\n', errors));
    }

    private static IEnumerable<(string Path, string Default)> Rows() =>
        RowPattern().Matches(Reference).Select(match => (match.Groups[1].Value, match.Groups[2].Value));

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Operator.sln"))) return folder.FullName;
        }
        throw new DirectoryNotFoundException("Operator.sln is not above the tests; run them from a checkout.");
    }

    [GeneratedRegex(@"^\| `([^`]+)` \|[^|]+\| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex RowPattern();

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ExamplePattern();
}
