namespace Operator.Certificates.Acme.Wire;

/// <summary>RFC 8555 section 7.1.3.</summary>
/// <param name="Expires">Past this the CA forgets an order that is not valid.</param>
/// <param name="Certificate">Present once <see cref="Status"/> is valid.</param>
/// <param name="Error">Why an order is invalid, where the CA says so.</param>
internal sealed record Order(
    OrderStatus Status,
    IReadOnlyList<Identifier> Identifiers,
    IReadOnlyList<Uri> Authorizations,
    Uri Finalize,
    DateTimeOffset? Expires = null,
    Uri? Certificate = null,
    Problem? Error = null);
