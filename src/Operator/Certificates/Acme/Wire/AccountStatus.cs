namespace Operator.Certificates.Acme.Wire;

internal enum AccountStatus
{
    Valid,
    Deactivated,
    Revoked,
}
