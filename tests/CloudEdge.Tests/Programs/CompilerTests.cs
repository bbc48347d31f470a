using System.Diagnostics;
using CloudEdge.Tests.Configuration;
using TestSupport.Files;
using YamlDotNet.RepresentationModel;

namespace CloudEdge.Tests.Programs;

/// <summary>The program as Pulumi's YAML host runs it: the compiler line of Pulumi.yaml,
/// split at blanks, in the folder of that file.</summary>
public class CompilerTests
{
    [Fact]
    public async Task The_compiler_line_prints_the_program_and_nothing_else()
    {
        var (exitCode, output, _) = await CompileAsync(Stacks.Json(Stacks.Least()));

        Assert.Equal(0, exitCode);
        Assert.Equal(Stacks.Program(Stacks.Least()), output);
    }

    [Fact]
    public async Task A_bad_configuration_prints_every_mistake_apart_from_the_program_and_fails()
    {
        var (exitCode, output, errors) = await CompileAsync("""{"sstp-edge:servers": "2"}""");

        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        Assert.Contains("5 mistakes", errors, StringComparison.Ordinal);
        Assert.Contains("sstp-edge:servers: is 2; give 1, 3 or 5", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_configuration_it_prints_what_discovery_needs()
    {
        var (exitCode, output, _) = await CompileAsync(null);

        Assert.Equal(0, exitCode);
        Assert.Equal(ProviderSchemas.Load().Versions.Keys.ToHashSet(), ProgramCheck.Packages(output));
    }

    private static async Task<(int ExitCode, string Output, string Errors)> CompileAsync(string? configuration)
    {
        var words = CompilerLine().Split(' ');
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PULUMI_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);

        // The test's own build has its settings in the environment; the user's shell has not.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))
            .ToList())
            start.Environment.Remove(name);
        if (configuration is not null)
        {
            start.Environment["PULUMI_PROJECT"] = Stacks.Project;
            start.Environment["PULUMI_STACK"] = "prod";
            start.Environment["PULUMI_CONFIG"] = configuration;
        }
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    private static string CompilerLine()
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(Path.Combine(Repository.Root, "Pulumi.yaml"))));
        return ((YamlScalarNode)stream.Documents[0].RootNode["runtime"]["options"]["compiler"]).Value!;
    }
}
