using System.Text.RegularExpressions;
using TestSupport.Files;

namespace Operator.Tests.Pages;

/// <summary>What the pages point at is there: files, headings, and the types that pictures name.</summary>
public sealed partial class PagesTests
{
    /// <summary>Words in pictures that look like a type's name and are not:
    /// a product, a kind of Kubernetes, a condition.</summary>
    private static readonly HashSet<string> NoTypes = ["RouterOS", "DaemonSet", "CertificateReady"];

    private static readonly string[] Files =
        [.. Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
            .Where(IsOurs).Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_link_leads_to_a_file_and_a_heading_that_are_there()
    {
        var broken = from page in Files
                     from Match link in Link().Matches(WithoutBlocks(File.ReadAllText(page)))
                     let problem = Problem(page, link.Groups[1].Value)
                     where problem is not null
                     select $"{Path.GetRelativePath(Repository.Root, page)}: {link.Groups[1].Value} {problem}";

        Assert.Empty(broken);
    }

    [Fact]
    public void Every_name_in_a_picture_is_that_of_a_type_or_a_project()
    {
        var source = Path.Combine(Repository.Root, "src");
        var known = Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories).Where(IsOurs)
            .SelectMany(file => Declaration().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .Concat(Directory.EnumerateDirectories(source).Select(folder => Path.GetFileName(folder)))
            .Concat(NoTypes)
            .ToHashSet(StringComparer.Ordinal);

        var unknown = from page in Files
                      from Match picture in Picture().Matches(File.ReadAllText(page))
                      from Match name in CompoundName().Matches(picture.Value)
                      where !known.Contains(name.Value)
                      select $"{Path.GetRelativePath(Repository.Root, page)}: {name.Value}";

        Assert.Empty(unknown.Distinct());
    }

    [Fact]
    public void The_architecture_has_its_six_pictures() =>
        Assert.Equal(6, Picture().Count(File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"))));

    private static string? Problem(string page, string target)
    {
        if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal))
            return null;

        var (path, heading) = target.Split('#') is [var before, var after] ? (before, after) : (target, null);
        var file = path.Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, path));
        if (!File.Exists(file) && !Directory.Exists(file)) return "is not there";
        return heading is null || !file.EndsWith(".md", StringComparison.Ordinal) || Headings(file).Contains(heading)
            ? null
            : "has no such heading";
    }

    // As GitHub makes them: lower case, punctuation left out, blanks as hyphens.
    private static IEnumerable<string> Headings(string file) =>
        from Match heading in Heading().Matches(File.ReadAllText(file))
        select Punctuation().Replace(heading.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static string WithoutBlocks(string text) => Block().Replace(text, "");

    private static bool IsOurs(string file) =>
        !Path.GetRelativePath(Repository.Root, file).Split('/')
            .Any(part => part is "bin" or "obj" or "artifacts" or "node_modules" || part.StartsWith('.'));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"^ *```.*?^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^```mermaid$.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Picture();

    [GeneratedRegex(@"\b[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+\b|\bI[A-Z][a-z]{2,}\w*")]
    private static partial Regex CompoundName();

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record)\s+([A-Z]\w+)")]
    private static partial Regex Declaration();
}
