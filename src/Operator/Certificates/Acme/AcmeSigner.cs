using Operator.Certificates.Acme.Jose;

namespace Operator.Certificates.Acme;

/// <summary>A registered account: what signs requests.</summary>
/// <param name="Url">The key id (RFC 8555 section 6.2).</param>
internal sealed record AcmeSigner(AccountKey Key, Uri Url);
