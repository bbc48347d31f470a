namespace Operator.Certificates.Acme.Jose;

/// <summary>A key that a request can be signed with.</summary>
internal interface IJwsKey
{
    /// <summary>As RFC 7518 section 3.1 calls it.</summary>
    string Algorithm { get; }

    /// <summary>The public key as JSON.</summary>
    string Jwk { get; }

    byte[] Sign(ReadOnlySpan<byte> data);
}
