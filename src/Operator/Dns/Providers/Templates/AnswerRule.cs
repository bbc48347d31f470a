using System.Text.RegularExpressions;

namespace Operator.Dns.Providers.Templates;

/// <summary>A pattern of an answer and what it means.</summary>
/// <param name="Pattern">Matched within the time given at its making; not anchored unless it says so.</param>
/// <param name="Advice">For failures; null for the usual one of the class.</param>
public sealed record AnswerRule(AnswerMeaning Meaning, Regex Pattern, string? Advice = null)
{
    /// <summary>A pattern that takes longer on an answer of our length is a bad pattern.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(200);

    /// <exception cref="ArgumentException">It is not a regular expression.</exception>
    public static AnswerRule Create(AnswerMeaning meaning, string pattern, string? advice = null) =>
        new(
            meaning, new Regex(pattern, RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant, Limit),
            advice);
}
