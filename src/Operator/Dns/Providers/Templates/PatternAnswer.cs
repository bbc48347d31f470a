using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Operator.Dns.Providers.Http;

namespace Operator.Dns.Providers.Templates;

/// <summary>Reads answers by the patterns that a preset or the user gives.</summary>
public static class PatternAnswer
{
    /// <summary>The first pattern that matches decides; failures may come with any status, success only with 2xx.</summary>
    public static ProviderOutcome Classify(HttpAnswer answer, ServiceClient service, ImmutableArray<AnswerRule> rules)
    {
        var words = service.Quote(answer.Body);
        foreach (var rule in rules)
        {
            if (!Matches(rule, answer.Body)) continue;
            switch (rule.Meaning)
            {
                case AnswerMeaning.Applied when answer.IsSuccess:
                    return new ProviderOutcome.Applied(words);
                case AnswerMeaning.Unchanged when answer.IsSuccess:
                    return new ProviderOutcome.Unchanged(words);
                case not (AnswerMeaning.Applied or AnswerMeaning.Unchanged):
                    var failureClass = ToClass(rule.Meaning);
                    return new ProviderOutcome.Failed(new ProviderFailure(
                        failureClass, words, rule.Advice ?? Advice(failureClass)) { RetryAfter = answer.RetryAfter });
            }
        }

        return new ProviderOutcome.Failed(service.FromStatus(answer));
    }

    /// <summary>What to do about a failure of which only the class is known.</summary>
    public static string Advice(FailureClass failureClass) => failureClass switch
    {
        FailureClass.Auth => "Check the user name, password or token in the Secret.",
        FailureClass.Config => "Check that the name exists in the account at the service, and spec.provider.",
        FailureClass.Abuse =>
            "The service has blocked this name or client. Settle it there, then remove status.lockout "
            + "with the unlock annotation.",
        FailureClass.ProviderDown => "The service says that it is down; it is left alone for half an hour.",
        _ => "It is tried again later.",
    };

    private static FailureClass ToClass(AnswerMeaning meaning) => meaning switch
    {
        AnswerMeaning.Transient => FailureClass.Transient,
        AnswerMeaning.ProviderDown => FailureClass.ProviderDown,
        AnswerMeaning.Auth => FailureClass.Auth,
        AnswerMeaning.Config => FailureClass.Config,
        AnswerMeaning.Abuse => FailureClass.Abuse,
        _ => throw new ArgumentOutOfRangeException(nameof(meaning), meaning, "not a failure"),
    };

    private static bool Matches(AnswerRule rule, string body)
    {
        try
        {
            return rule.Pattern.IsMatch(body);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;    // a pattern that cannot be decided says nothing; the status does
        }
    }
}
