namespace KubectlSstp.Tests;

/// <summary>Every mistake on the command line is named, with the option that it is in and what to give instead;
/// nothing else is said.</summary>
public class CommandLineMistakesTests
{
    [Theory]
    [InlineData("top", "Required argument 'gateway' missing for command: 'top'.", "kubectl sstp top --help")]
    [InlineData("top home --interval 0 --rows 5000", "--interval: give 1 to 60.|--rows: give 1 to 1000.",
        "kubectl sstp top --help")]
    [InlineData("kick home", "Say which calls: numbers, --user NAME, or --all.", "kubectl sstp kick --help")]
    [InlineData("kick home seven", "'seven'", "kubectl sstp kick --help")]
    [InlineData("profile home", "Option '--for' is required.", "kubectl sstp profile --help")]
    [InlineData("profile home --for beos", "--for: Argument 'beos' not recognized. Must be one of: 'windows', 'linux'",
        "kubectl sstp profile --help")]
    [InlineData("profile home --for windows --with-password", "--with-password needs --user.", "kubectl sstp profile --help")]
    [InlineData("profile home --for windows --qr", "--qr is for android and ios", "kubectl sstp profile --help")]
    [InlineData(
        "bench home --seconds 0 --calls 99 --address here",
        "Option '--user' is required.|--seconds: give 1 to 60.|--calls: give 1 to 20.|--address: \"here\" is no address",
        "kubectl sstp bench --help")]
    [InlineData("sessions -o yaml", "--output: Argument 'yaml' not recognized. Must be one of: 'table', 'wide', 'json'",
        "kubectl sstp sessions --help")]
    [InlineData("user ad home x", "There is no user ad; there are list, add, passwd", "kubectl sstp user --help")]
    [InlineData("foo", "There is no foo; there are status, doctor", "kubectl sstp --help")]
    public void Each_is_named(string line, string words, string help)
    {
        var (told, text) = Tell(line);

        Assert.True(told);
        Assert.All(words.Split('|'), part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.EndsWith($"\"{help}\" shows what can be given.{Environment.NewLine}", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Usage:", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("user")]
    [InlineData("status")]
    [InlineData("doctor home --user alice")]
    [InlineData("__complete -- doctor --us")]
    public void Where_nothing_is_wrong_or_help_is_the_answer_nothing_is_told(string line) =>
        Assert.Equal((false, ""), Tell(line));

    private static (bool Told, string Text) Tell(string line)
    {
        using var text = new StringWriter();
        return (
            CommandLineMistakes.Tell(CommandTree.Create().Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)), text),
            text.ToString());
    }
}
