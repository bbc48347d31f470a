using System.Text.Json;
using CloudEdge.Tests.Configuration;
using TestSupport.Files;
using TestSupport.Golden;

namespace CloudEdge.Tests.Programs;

/// <summary>A folder a configuration: <c>config.json</c> in, <c>program.yaml</c> out.</summary>
public class GoldenTests
{
    private static string Folder => Path.Combine(Repository.Root, "tests", "CloudEdge.Tests", "Golden");

    public static TheoryData<string> Cases =>
        [.. Directory.GetDirectories(Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_configuration_gives_the_program_that_was_looked_at(string name) =>
        GoldenFile.Compare(Path.Combine(Folder, name, "program.yaml"), Program(name));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_type_input_and_output_is_one_that_the_provider_has(string name) =>
        Assert.Empty(new ProgramCheck(ProviderSchemas.Load()).Problems(Program(name)));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Nothing_needs_a_package_that_discovery_does_not_name(string name)
    {
        var discovered = ProgramCheck.Packages(
            CloudEdge.Programs.ProgramText.Write(CloudEdge.Clouds.PackageDiscovery.Program(Stacks.Project)));

        Assert.Subset(discovered, ProgramCheck.Packages(Program(name)));
    }

    [Fact]
    public void Every_package_is_pinned()
    {
        var pinned = Directory.GetFiles(Path.Combine(Repository.Root, "sdks"), "*.yaml", SearchOption.AllDirectories)
            .Select(path => Path.GetFileName(Path.GetDirectoryName(path))!).ToHashSet();

        Assert.Equal(ProviderSchemas.Load().Versions.Keys.ToHashSet(), pinned);
        foreach (var (package, version) in ProviderSchemas.Load().Versions)
            Assert.True(
                File.Exists(Path.Combine(Repository.Root, "sdks", package, $"{package}-{version}.yaml")),
                $"sdks/{package} is not at {version}, which the tests' schemas are of");
    }

    private static string Program(string name) =>
        Stacks.Program(
            JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(Folder, name, "config.json")))!);
}
