using KubectlSstp.Cluster;
using Spectre.Console;

namespace KubectlSstp.Users;

/// <summary>Asks for a password: never an argument, for those are seen by every user of the host and kept in the shell's history.</summary>
internal static class PasswordInput
{
    public static string Ask(string user)
    {
        if (Console.IsInputRedirected)
            return Console.In.ReadLine() is { Length: > 0 } line ? line : throw new RefusedException("There is no password on standard input.");

        var password = AnsiConsole.Prompt(new TextPrompt<string>($"Password for {Markup.Escape(user)}:").Secret());
        var again = AnsiConsole.Prompt(new TextPrompt<string>("Once more:").Secret());
        return password == again ? password : throw new RefusedException("The two passwords differ; nothing was changed.");
    }
}
