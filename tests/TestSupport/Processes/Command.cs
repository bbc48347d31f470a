using System.Text;

namespace TestSupport.Processes;

/// <summary>Runs a program to its end.</summary>
public static class Command
{
    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(30);

    /// <summary>Runs a program that has to succeed, and gives its output.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        try
        {
            return (await TryRunAsync(DefaultDeadline, program, arguments)).Expect();
        }
        catch (CommandFailedException failure)
        {
            throw new CommandFailedException($"{program} {string.Join(' ', arguments)}: {failure.Message}");
        }
    }

    /// <summary>Runs a program whose exit code is the caller's business; kills it and throws after the deadline.</summary>
    public static async Task<CommandResult> TryRunAsync(TimeSpan deadline, string program, params string[] arguments)
    {
        await using var process = ChildProcess.Start(program, arguments);
        try
        {
            var exitCode = await process.WaitForExitAsync(deadline);
            return new CommandResult(exitCode, process.Output);
        }
        catch (TimeoutException)
        {
            throw new CommandFailedException(new StringBuilder()
                .Append(program).Append(' ').AppendJoin(' ', arguments)
                .Append(" did not end within ").Append(deadline.TotalSeconds).Append(" s:\n")
                .Append(process.Output).ToString());
        }
    }
}
