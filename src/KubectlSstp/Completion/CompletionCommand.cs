using System.CommandLine;

namespace KubectlSstp.Completion;

/// <summary><c>kubectl sstp completion SHELL</c>: what a shell has to be told to complete this program's words.</summary>
internal static class CompletionCommand
{
    /// <summary>The verb that the scripts call; kubectl's own plug-in protocol has the name.</summary>
    public const string Verb = "__complete";

    public static Command Create()
    {
        var shell = new Argument<string>("shell")
        {
            Description = "bash, zsh or fish for kubectl-sstp itself; kubectl for the file that kubectl asks.",
        };
        shell.AcceptOnlyFromAmong("bash", "fish", "kubectl", "zsh");
        var command = new Command("completion",
            """
            Write the script by which a shell completes this program's words.

            kubectl sstp ...   kubectl-sstp completion kubectl >~/.local/bin/kubectl_complete-sstp && chmod +x ~/.local/bin/kubectl_complete-sstp
            kubectl-sstp ...   source <(kubectl-sstp completion bash)
            """)
        {
            shell,
        };
        command.SetAction(parsed => Console.Write(ShellScripts.Of(parsed.GetRequiredValue(shell))));
        return command;
    }

    /// <summary>Answers as kubectl wants a plug-in's completer to: a word a line with its meaning behind a tab,
    /// and what to do with them.</summary>
    /// <param name="root">All the program's commands.</param>
    public static Command CreateAnswer(RootCommand root)
    {
        var words = new Argument<string[]>("words") { Arity = ArgumentArity.ZeroOrMore };
        var command = new Command(Verb) { words };
        command.Hidden = true;
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(parsed => Console.Write(Answer(root, parsed.GetValue(words) ?? [])));
        return command;
    }

    /// <param name="words">What stands behind the program's name; the last one is to be completed and may be empty.</param>
    public static string Answer(RootCommand root, IReadOnlyList<string> words)
    {
        // ShellCompDirectiveNoFileComp of kubectl's library: the shell must not offer file names; and 0, where a file is wanted.
        const int noFiles = 4, files = 0;
        var last = words.Count == 0 ? "" : words[^1];
        var parsed = root.Parse(words.Count == 0 ? [] : last.Length == 0 ? [.. words.SkipLast(1)] : [.. words]);
        var line = string.Join(' ', words);
        var candidates = parsed.GetCompletions(line.Length)
            .Where(item => item.Label.StartsWith(last, StringComparison.Ordinal)
                && item.Label != Verb && item.Label is not ("-?" or "/?" or "/h"))
            .Select(item => (item.Detail ?? item.Documentation) is { Length: > 0 } meaning
                ? $"{item.Label}\t{meaning.Split('\n')[0]}"
                : item.Label)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var wantsFile = words.Count > 0 && (words[0] == "lint" || (words.Count > 1 && words[^2] is "--ca" or "--kubeconfig"));
        return string.Concat(candidates.Append($":{(wantsFile ? files : noFiles)}").Select(text => text + "\n"));
    }
}
