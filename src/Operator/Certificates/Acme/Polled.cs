namespace Operator.Certificates.Acme;

/// <summary>An object of the CA as it was when asked for.</summary>
/// <param name="RetryAt">When the CA wants to be asked again, if it said so.</param>
internal sealed record Polled<T>(T Value, DateTimeOffset? RetryAt);
