using FsCheck;
using FsCheck.Fluent;
using LocalControlPlane.Cel;
using LocalControlPlane.Cel.Types;
using LocalControlPlane.Cel.Values;

namespace LocalControlPlane.Tests.Cel;

/// <summary>Rules come with definitions, which anybody may write: no text may end the server.</summary>
public class AnyTextTests
{
    private static readonly string[] Words =
    [
        "self", "x", "1", "2u", "1.5", "'a'", "b'\\x00'", "\"\\u00e9\"", "r'\\d'", "true", "null", "(", ")", "[", "]", "{",
        "}", ".", ",", "?", ":", "+", "-", "*", "/", "%",
        "!", "&&", "||", "==", "!=", "<", "<=", "in", "has", "all", "exists", "map", "filter", "size", "int", "string",
        "duration", "matches", "split", "'", "\\", "é", "//", "\n",
    ];

    private static readonly Dictionary<string, CelType> Variables = new() { ["self"] = CelType.Dyn };

    [Fact]
    public void Any_sequence_of_words_is_either_refused_or_gives_a_value() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3000),
        Prop.ForAll(Gen.Elements(Words).ListOf().Select(words => string.Join(' ', words)).ToArbitrary(), IsServed));

    [Fact]
    public void Any_text_at_all_is_either_refused_or_gives_a_value() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text => IsServed(text.Get)));

    [Theory]
    [InlineData("1", "+1", 100_000)]
    [InlineData("self", ".a", 100_000)]
    [InlineData("self", "[0]", 100_000)]
    [InlineData("", "(", 100_000)]
    [InlineData("", "!", 100_000)]
    [InlineData("", "[", 100_000)]
    [InlineData("true", "?true:true", 10_000)]
    public void A_text_that_nests_without_end_is_refused(string first, string repeated, int times)
    {
        Assert.Null(
            CelProgram.TryCompile(first + string.Concat(Enumerable.Repeat(repeated, times)), Variables, out var problems));
        Assert.NotEmpty(problems);
    }

    [Fact]
    public void A_long_rule_is_served()
    {
        var program = CelProgram.TryCompile("1" + string.Concat(Enumerable.Repeat("+1", 900)), Variables, out _);
        Assert.Equal("901", Run(program!).ToString());
    }

    private static bool IsServed(string text)
    {
        var program = CelProgram.TryCompile(text, Variables, out var problems);
        return program is null ? problems.Count > 0 : Run(program) is not null;
    }

    private static CelValue Run(CelProgram program) =>
        program.Evaluate(new Dictionary<string, CelValue> { ["self"] = new StringValue("x") }, new CelBudget(CelBudget.OneRule));
}
