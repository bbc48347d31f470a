using FluentValidation;

namespace GatewayConfig.Formats;

internal static class RuleBuilderExtensions
{
    /// <summary>A rule given as a function from the value to what is wrong with it, or null. It names the value itself,
    /// so that the message is a sentence.</summary>
    public static IRuleBuilderOptionsConditions<T, TValue> Passes<T, TValue>(
        this IRuleBuilder<T, TValue> rule, Func<TValue, string?> problem) =>
        rule.Custom((value, context) =>
        {
            if (problem(value) is { } message) context.AddFailure(message);
        });

    /// <summary>A whole number within bounds, both included.</summary>
    public static IRuleBuilderOptionsConditions<T, int> Within<T>(this IRuleBuilder<T, int> rule, int least, int most) =>
        rule.Passes(value => value >= least && value <= most ? null : $"is {value}; give {least} to {most}");

    /// <summary>A duration within bounds, both included.</summary>
    public static IRuleBuilderOptionsConditions<T, TimeSpan> Within<T>(
        this IRuleBuilder<T, TimeSpan> rule, TimeSpan least, TimeSpan most) =>
        rule.Passes(value => DurationText.Problem(value, least, most));

    /// <summary>A list whose length is within bounds.</summary>
    public static IRuleBuilderOptionsConditions<T, IReadOnlyList<TItem>> Holds<T, TItem>(
        this IRuleBuilder<T, IReadOnlyList<TItem>> rule, int least, int most) =>
        rule.Passes(
            list => list.Count >= least && list.Count <= most ? null : $"has {list.Count} entries; give {least} to {most}");

    /// <summary>A list without an entry that is there twice.</summary>
    public static IRuleBuilderOptionsConditions<T, IReadOnlyList<TItem>> HoldsEachOnce<T, TItem>(
        this IRuleBuilder<T, IReadOnlyList<TItem>> rule) =>
        rule.Passes(list =>
        {
            var twice = list.GroupBy(item => item).FirstOrDefault(group => group.Count() > 1);
            return twice is null ? null : $"has {twice.Key} more than once; give each once";
        });
}
