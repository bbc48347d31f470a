namespace Operator.Certificates.Acme.Wire;

/// <summary>RFC 8555 section 7.1.6.</summary>
internal enum OrderStatus
{
    Pending,
    Ready,
    Processing,
    Valid,
    Invalid,
}
