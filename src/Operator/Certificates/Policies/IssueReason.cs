namespace Operator.Certificates.Policies;

/// <summary>Why a certificate has to be issued, in the order in which it is looked for.</summary>
internal enum IssueReason
{
    SecretMissing,
    SecretUnreadable,
    KeyMismatch,
    IssuerChanged,
    NamesChanged,
    KeyAlgorithmChanged,
    FormChanged,
    Revoked,
    Requested,
    Expired,
    RenewalDue,
}
