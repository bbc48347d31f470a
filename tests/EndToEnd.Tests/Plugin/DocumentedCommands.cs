using System.Text;
using System.Text.RegularExpressions;
using TestSupport.Files;

namespace EndToEnd.Tests.Plugin;

/// <summary>
/// The commands of a page of docs/ with what the page says that they print: lines that begin with <c>$ </c> in fenced blocks, and
/// those behind them. With SSTP_REWRITE_GOLDEN=1 the page is written anew from what they really print, to be read in the diff
/// before it is committed.
/// </summary>
public sealed partial class DocumentedCommands
{
    private readonly string _path;
    private readonly List<string> _seen = [];

    public DocumentedCommands(string page) => _path = Path.Combine(Repository.Root, "docs", page);

    private static bool Rewrites => Environment.GetEnvironmentVariable("SSTP_REWRITE_GOLDEN") == "1";

    /// <summary>The manifests of Roles in the page, as they stand there, by name.</summary>
    public IReadOnlyDictionary<string, string> Roles => Yaml().Matches(File.ReadAllText(_path))
        .SelectMany(block => block.Groups[1].Value.Split("---\n"))
        .Where(text => text.Contains("kind: Role\n", StringComparison.Ordinal))
        .ToDictionary(text => Name().Match(text).Groups[1].Value);

    /// <summary>Compares what a command of the page printed with what the page says, but for times,
    /// addresses, sizes and the width of columns.</summary>
    public void Compare(string command, string output)
    {
        var text = File.ReadAllText(_path);
        var line = $"$ {command}\n";
        var begin = text.IndexOf(line, StringComparison.Ordinal);
        Assert.True(begin >= 0, $"{_path} has no line \"$ {command}\"");
        begin += line.Length;
        var end = new[]
        {
            text.IndexOf("\n$ ", begin - 1, StringComparison.Ordinal), text.IndexOf("\n```", begin - 1, StringComparison.Ordinal),
        }
            .Where(at => at >= 0)
            .Min()
            + 1;
        _seen.Add(command);
        if (Rewrites)
            File.WriteAllText(_path, string.Concat(text.AsSpan(0, begin), output.TrimEnd('\n') + "\n", text.AsSpan(end)));
        else Assert.Equal(Mask(text[begin..end]), Mask(output));
    }

    /// <summary>That no command of the page is left whose output nothing has compared.</summary>
    /// <param name="others">Those that another test runs.</param>
    public void AssertAllCompared(params string[] others) =>
        Assert.Empty(Line().Matches(File.ReadAllText(_path)).Select(match => match.Groups[1].Value).Except(_seen).Except(others));

    private static string Mask(string text)
    {
        var masked = new StringBuilder();
        foreach (var line in text.TrimEnd().Split('\n'))
            masked.Append(Blanks()
                .Replace(Units().Replace(Numbers().Replace(Secrets().Replace(line, "secret=S"), "N"), "N U"), " ")
                .TrimEnd())
                .Append('\n');
        return masked.ToString();
    }

    [GeneratedRegex(@"```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Yaml();

    [GeneratedRegex(@"name: ([a-z0-9-]+)")]
    private static partial Regex Name();

    [GeneratedRegex(@"^\$ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex("secret=[A-Z2-7]+")]
    private static partial Regex Secrets();

    [GeneratedRegex(@"\d+([-:.,TZ]+\d+)*Z?")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\bN ?([kMG]?bit/s|[KMG]i?B|B|ms|s|m|h|d)\b")]
    private static partial Regex Units();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Blanks();
}
