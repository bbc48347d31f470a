using System.CommandLine;
using System.CommandLine.Parsing;
using KubectlSstp.Completion;
using KubectlSstp.Output;

namespace KubectlSstp;

/// <summary>Says what is wrong with the command line, all of it and nothing else:
/// a screen of help behind it would push it out of sight.</summary>
internal static class CommandLineMistakes
{
    /// <returns>Whether there was anything to tell. A verb that only lacks its second word, or no word at all,
    /// is answered by help instead.</returns>
    public static bool Tell(ParseResult parsed, TextWriter error)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.Errors.Count == 0 || command.Name == CompletionCommand.Verb) return false;
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count == 0 && parsed.Errors.Count == 1) return false;

        foreach (var line in Lines(parsed).Distinct()) error.WriteLine(new Cell(line).Plain);
        error.WriteLine($"\"{string.Join(' ', Path(parsed.CommandResult))} --help\" shows what can be given.");
        return true;
    }

    internal static IEnumerable<string> Lines(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [var unknown, ..] && !unknown.StartsWith('-'))
        {
            yield return $"There is no {string.Join(' ', Path(parsed.CommandResult).Skip(2).Append(unknown))}; "
                + $"there are {string.Join(", ", command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name))}.";
            yield break;
        }
        foreach (var mistake in parsed.Errors) yield return Words(mistake);
    }

    /// <summary>With the option's name before what does not have it, and lists in one line.</summary>
    private static string Words(ParseError mistake)
    {
        var message = string.Join(' ', mistake.Message.Split(
            (char[])['\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Replace("' '", "', '", StringComparison.Ordinal);
        return (mistake.SymbolResult as OptionResult ?? mistake.SymbolResult?.Parent as OptionResult) is { Option.Name: var name }
            && !message.Contains(name, StringComparison.Ordinal)
            ? $"{name}: {message}"
            : message;
    }

    private static List<string> Path(CommandResult result)
    {
        var names = new List<string>();
        for (SymbolResult? at = result; at is CommandResult { Command: var command }; at = at.Parent)
            if (command is not RootCommand) names.Insert(0, command.Name);
        return ["kubectl", "sstp", .. names];
    }
}
