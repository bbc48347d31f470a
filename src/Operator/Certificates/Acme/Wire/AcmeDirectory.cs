namespace Operator.Certificates.Acme.Wire;

/// <summary>Where a CA takes which request (RFC 8555 section 7.1.1). Unknown members are ignored:
/// some CAs add a random one.</summary>
/// <param name="RenewalInfo">Absent at a CA without ARI (RFC 9773 section 4.1).</param>
internal sealed record AcmeDirectory(
    Uri NewNonce,
    Uri NewAccount,
    Uri NewOrder,
    Uri RevokeCert,
    Uri KeyChange,
    Uri? RenewalInfo = null,
    DirectoryMeta? Meta = null);
