using Operator.Certificates.Acme;

namespace Operator.Certificates.Accounts;

/// <summary>A CA, and an account there that it takes requests from.</summary>
internal sealed record AcmeSession(AcmeClient Client, AcmeSigner Signer);
