using Operator.Resources.SstpCertificates;

namespace Operator.Certificates.Policies;

/// <summary>All that "may an issue begin now?" depends on.</summary>
/// <param name="Failures">Null after a success.</param>
/// <param name="Issued">When certificates for exactly these names were issued lately, by the same CA, whoever asked.</param>
/// <param name="Active">Orders under way on the same account that hold a place, without this one.</param>
/// <param name="Open">All orders under way on it, those that wait for better times included, without this one.</param>
/// <param name="Waiting">Certificates that wait for a place on it, without this one.</param>
/// <param name="StartedLately">When orders were begun on the same account in the last hours.</param>
/// <param name="Expires">Of the certificate in use; null when there is none.</param>
/// <param name="Identity">Namespace and name: spreads retries of many resources, always alike for one.</param>
internal sealed record StartFacts(
    IssuanceFailures? Failures,
    long Generation,
    IReadOnlyList<DateTimeOffset> Issued,
    int Active,
    int Open,
    int Waiting,
    IReadOnlyList<DateTimeOffset> StartedLately,
    DateTimeOffset? Expires,
    string Identity,
    CaLimits Limits,
    DateTimeOffset Now);
