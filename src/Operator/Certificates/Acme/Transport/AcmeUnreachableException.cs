namespace Operator.Certificates.Acme.Transport;

/// <summary>No answer, or none that makes sense. Whether the CA did what was asked is unknown:
/// look before asking again.</summary>
/// <param name="operation">What was asked, as a person would say it.</param>
/// <param name="retryAt">When the CA wants to be asked again, if it said so.</param>
internal sealed class AcmeUnreachableException(
    string operation, string reason, Exception? cause = null, DateTimeOffset? retryAt = null)
    : Exception($"The CA could not be asked to {operation}: {reason}", cause)
{
    public DateTimeOffset? RetryAt => retryAt;
}
