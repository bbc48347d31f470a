namespace Operator.Dns.Providers.Templates;

/// <summary>What an answer can mean: the two ways to succeed, and the failure classes by their own names.</summary>
public enum AnswerMeaning
{
    Applied,
    Unchanged,
    Transient,
    ProviderDown,
    Auth,
    Config,
    Abuse,
}
