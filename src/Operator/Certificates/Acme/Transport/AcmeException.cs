using Operator.Certificates.Acme.Wire;

namespace Operator.Certificates.Acme.Transport;

/// <summary>The CA answered, and refused.</summary>
/// <param name="operation">What was asked, as a person would say it: "create an order".</param>
/// <param name="statusCode">Of HTTP.</param>
/// <param name="retryAt">When the CA wants to be asked again, if it said so.</param>
/// <param name="location">Of the Location header: a key change that names a key in use says here by whom.</param>
internal sealed class AcmeException(
    string operation, int statusCode, Problem problem, DateTimeOffset? retryAt, Uri? location = null)
    : Exception($"The CA refused to {operation}: {problem}")
{
    public string Operation => operation;

    public int StatusCode => statusCode;

    public Problem Problem => problem;

    public DateTimeOffset? RetryAt => retryAt;

    public Uri? Location => location;

    public AcmeErrorClass Class => AcmeErrors.Classify(problem, statusCode);
}
