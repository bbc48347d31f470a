namespace TestSupport.Processes;

/// <param name="ExitCode">128 and the signal's number when a signal ended it.</param>
/// <param name="Output">Standard output and error, in the order of arrival.</param>
public sealed record CommandResult(int ExitCode, string Output)
{
    /// <summary>The output, after making sure that the command did what it was asked to.</summary>
    public string Expect(int exitCode = 0) =>
        ExitCode == exitCode
            ? Output
            : throw new CommandFailedException($"exit code {ExitCode} instead of {exitCode}:\n{Output}");
}
