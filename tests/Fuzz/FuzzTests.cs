using Fuzz.Engine;

namespace Fuzz;

/// <summary>Every reader of bytes from outside, with valid messages that were broken
/// at random but the same way each time.</summary>
public sealed class FuzzTests
{
    public static TheoryData<string> Names
    {
        get
        {
            var wanted = FuzzOptions.FromEnvironment().Target;
            var names = new TheoryData<string>();
            foreach (var target in FuzzTargets.All)
                if (wanted is null || target.Name.Contains(wanted, StringComparison.Ordinal)) names.Add(target.Name);
            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Holds_whatever_it_is_given(string name)
    {
        var report = new FuzzRun(FuzzTargets.Named(name), FuzzOptions.FromEnvironment()).Execute();

        // Mutations must reach both ways, or this would show nothing.
        Assert.True(
            report is { Accepted: > 0, Refused: > 0 }, $"{name}: {report.Accepted} inputs accepted, {report.Refused} refused");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Takes_its_valid_seeds_and_survives_the_others(string name)
    {
        var target = FuzzTargets.Named(name);
        var seeds = Corpus.Load(name).Seeds;

        Assert.Contains(seeds, seed => seed.File.StartsWith("valid-", StringComparison.Ordinal));
        foreach (var (file, bytes) in seeds)
        {
            var accepted = target.Run(bytes);
            if (file.StartsWith("valid-", StringComparison.Ordinal)) Assert.True(accepted, $"{name}/{file} is not accepted");
        }
    }
}
