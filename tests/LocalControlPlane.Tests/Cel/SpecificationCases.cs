using LocalControlPlane.Cel;
using LocalControlPlane.Cel.Types;
using LocalControlPlane.Cel.Values;
using TestSupport.Files;

namespace LocalControlPlane.Tests.Cel;

/// <summary>The cases of tests/vectors/cel, whose README explains the format.</summary>
public class SpecificationCases
{
    private static readonly Dictionary<string, CelType> NoVariables = [];

    public static TheoryData<string, string, string> Cases()
    {
        var cases = new TheoryData<string, string, string>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests/vectors/cel"), "*.txt").Order())
        {
            var section = "";
            foreach (var line in File.ReadLines(file))
            {
                if (line.StartsWith("# ", StringComparison.Ordinal)) section = line[2..];
                if (line.Split(" ==> ") is [var expression, var expected]) cases.Add(section, expression, expected);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gives_what_the_specification_says(string section, string expression, string expected)
    {
        var program = CelProgram.TryCompile(expression, NoVariables, out var problems);
        if (expected == "refused")
        {
            Assert.True(program is null, $"{section}: '{expression}' was taken");
            Assert.NotEmpty(problems);
            return;
        }

        Assert.True(program is not null, $"{section}: '{expression}' {string.Join("; ", problems)}");
        var value = Run(program);
        if (expected == "error")
        {
            Assert.IsType<ErrorValue>(value);
            return;
        }

        var wanted = Run(CelProgram.TryCompile(expected, NoVariables, out _) ?? throw new FormatException(expected));
        Assert.Equal(wanted.GetType(), value.GetType());
        Assert.True(wanted.EqualTo(value), $"{section}: '{expression}' gave {value}");
    }

    [Fact]
    public void Every_file_of_cases_was_read() => Assert.True(Cases().Count > 400, $"only {Cases().Count} cases");

    private static CelValue Run(CelProgram program) =>
        program.Evaluate(new Dictionary<string, CelValue>(), new CelBudget(CelBudget.OneRule));
}
