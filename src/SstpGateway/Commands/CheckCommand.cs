using System.CommandLine;
using GatewayConfig.Yaml;

namespace SstpGateway.Commands;

/// <summary><c>sstp-gateway check --config FILE</c>: says every mistake in a configuration and starts nothing.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var config = ConfigOption.Create();
        var command = new Command("check", "Read a configuration and list its mistakes; exit code 78 when there are any.")
        {
            config,
        };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(config)));
        return command;
    }

    private static int Run(FileInfo file)
    {
        string text;
        try
        {
            text = File.ReadAllText(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{file} cannot be read ({e.Message.TrimEnd('.')}); name another one with --config.");
            return ExitCode.Configuration;
        }

        if (GatewayConfigurationReader.TryRead(text, out _, out var errors))
        {
            Console.WriteLine($"{file} is good");
            return ExitCode.Success;
        }

        foreach (var error in errors) Console.Error.WriteLine($"{file}: {error}");
        return ExitCode.Configuration;
    }
}
