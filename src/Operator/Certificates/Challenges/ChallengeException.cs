namespace Operator.Certificates.Challenges;

/// <summary>A proof could not be put in place or taken away. Nothing was spent at the CA; it is tried again.</summary>
/// <param name="retryAfter">As the service in between asked for; null when it did not.</param>
internal sealed class ChallengeException(string message, TimeSpan? retryAfter = null, Exception? cause = null)
    : Exception(message, cause)
{
    public TimeSpan? RetryAfter => retryAfter;
}
