using KubectlSstp.Cluster;
using Spectre.Console;

namespace KubectlSstp.Users;

/// <summary>Asks for a password: never an argument, for those are seen by every user
/// of the host and kept in the shell's history.</summary>
internal static class PasswordInput
{
    /// <summary>A new password: typed twice at a terminal.</summary>
    public static string Ask(string user)
    {
        var password = Once(user);
        if (Console.IsInputRedirected) return password;

        var again = AnsiConsole.Prompt(new TextPrompt<string>("Once more:").Secret());
        return password == again ? password : throw new RefusedException("The two passwords differ; nothing was changed.");
    }

    /// <summary>A password that is there already.</summary>
    public static string Once(string user)
    {
        if (Console.IsInputRedirected)
            return Console.In.ReadLine() is { Length: > 0 } line ? line : throw new RefusedException(
                "There is no password on standard input: type it at a terminal, or pipe it in, "
                + "such as from a file: <password.txt");
        return AnsiConsole.Prompt(new TextPrompt<string>($"Password for {Markup.Escape(user)}:").Secret());
    }
}
