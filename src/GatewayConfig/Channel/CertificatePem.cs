namespace GatewayConfig.Channel;

/// <summary>A certificate chain and its key, as the two values of a <c>kubernetes.io/tls</c> Secret.</summary>
/// <param name="Chain">PEM: the leaf first, then the intermediates.</param>
/// <param name="Key">PEM, not encrypted (PKCS#8, PKCS#1 or SEC 1).</param>
public sealed record CertificatePem(string Chain, string Key)
{
    // A record's ToString would print the key into the first log line that shows it.
    public override string ToString() => "a certificate with its key";
}
