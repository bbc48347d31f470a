namespace Operator.Dns.Providers.Templates;

/// <summary>How a service's answers are written.</summary>
public enum AnswerGrammar
{
    /// <summary>Lines that begin with a word such as <c>good</c> or <c>badauth</c>, one a host.</summary>
    Dyndns2,

    /// <summary>Patterns, tried in order on the whole answer.</summary>
    Patterns,
}
