using System.Globalization;
using System.Text.RegularExpressions;
using TestSupport.Files;

namespace Operator.Tests.Sources;

/// <summary>Lines of C# are at most as long as .editorconfig says; no compiler looks at that.</summary>
public sealed partial class LineLengthTests
{
    private static readonly string[] Folders = ["src", "tests", "bench", "deploy"];

    [Fact]
    public void No_line_is_longer_than_editorconfig_allows()
    {
        var settings = File.ReadAllText(Path.Combine(Repository.Root, ".editorconfig"));
        var most = int.Parse(MaxLineLength().Match(settings).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        var files = Folders.SelectMany(folder => Files(new DirectoryInfo(Path.Combine(Repository.Root, folder)))).ToArray();

        Assert.NotEmpty(files);
        var found = files.SelectMany(file => LongLines.In(File.ReadAllText(file), most)
            .Select(line => $"{Path.GetRelativePath(Repository.Root, file)}:{line}")).ToArray();
        Assert.True(found.Length == 0, $"Longer than {most} columns: {string.Join(", ", found)}");
    }

    [Theory]
    [InlineData("var number = one + two + three;")]
    [InlineData("// a comment is made of words and can always go on on the next line")]
    [InlineData("Say(\"a text with blanks can be divided\");")]
    [InlineData("Say(one, two, \"short\", \"too\", three);")]
    [InlineData("Say($\"{name} is called {name}\", number);")]
    [InlineData("var quote = '\"'; var other = \"one\" + two;")]
    public void A_line_that_can_be_broken_is_found(string line) => Assert.Equal([2], LongLines.In($"\n    {line}\n", 25));

    [Theory]
    [InlineData("var number = one;")]
    [InlineData("Say(\"https://example.org/a/long/address\");")]
    [InlineData("Say($\"{string.Join(\", \", names)}/{one + \"}\"}\");")]
    [InlineData("+ \"\"\"{\"raw\": \"string in one line\"}\"\"\",")]
    [InlineData("Match(@\"^verbatim too, with \\s in it$\");")]
    [InlineData("#pragma warning disable CA1031 // for some reason")]
    public void A_line_that_cannot_is_excused(string line) => Assert.Empty(LongLines.In($"    {line}\n", 25));

    [Fact]
    public void The_inside_of_a_raw_string_is_excused_and_what_follows_it_is_not()
    {
        var source = "var text = \"\"\"\n    one two three four five six seven\n    \"\"\";\nvar number = one + two + three;\n";

        Assert.Equal([4], LongLines.In(source, 25));
    }

    private static IEnumerable<string> Files(DirectoryInfo folder) =>
        folder.EnumerateFiles("*.cs").Select(file => file.FullName)
            .Concat(folder.EnumerateDirectories().Where(inner => inner.Name is not ("bin" or "obj")).SelectMany(Files));

    [GeneratedRegex(@"^max_line_length = (\d+)$", RegexOptions.Multiline)]
    private static partial Regex MaxLineLength();
}
