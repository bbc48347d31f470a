using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Operator.Certificates.Acme.Jose;

/// <summary>JWS in the flattened JSON form, with the protected headers that ACME asks for (RFC 8555 section 6.2). Pure.</summary>
internal static class JsonWebSignature
{
    /// <param name="url">The address the request goes to, letter by letter.</param>
    /// <param name="nonce">Absent in the inner JWS of a key change only (section 7.3.5).</param>
    /// <param name="keyId">The account's URL; without one the public key itself is sent (newAccount, the inner JWS of a key
    /// change, and a revocation by the certificate's key).</param>
    /// <param name="payload">Empty for POST-as-GET (section 6.3).</param>
    public static byte[] Sign(IJwsKey key, Uri url, string? nonce, Uri? keyId, ReadOnlySpan<byte> payload)
    {
        var header = Header(writer =>
        {
            writer.WriteString("alg", key.Algorithm);
            if (keyId is not null)
            {
                writer.WriteString("kid", keyId.OriginalString);
            }
            else
            {
                writer.WritePropertyName("jwk");
                writer.WriteRawValue(key.Jwk);
            }

            if (nonce is not null) writer.WriteString("nonce", nonce);
            writer.WriteString("url", url.OriginalString);
        });
        return Flatten(header, payload, key.Sign);
    }

    /// <summary>The inner JWS of an external account binding: the account's public key
    /// under the CA's MAC key (section 7.3.4).</summary>
    public static byte[] BindExternalAccount(AccountKey key, Uri newAccount, string externalKeyId, byte[] macKey)
    {
        var header = Header(writer =>
        {
            writer.WriteString("alg", "HS256");
            writer.WriteString("kid", externalKeyId);
            writer.WriteString("url", newAccount.OriginalString);
        });
        return Flatten(header, Encoding.UTF8.GetBytes(key.Jwk), data => HMACSHA256.HashData(macKey, data));
    }

    private static string Header(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
        writer.Flush();
        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }

    private static byte[] Flatten(string header, ReadOnlySpan<byte> payload, Signer sign)
    {
        var body = Base64Url.EncodeToString(payload);
        var signature = sign(Encoding.ASCII.GetBytes($"{header}.{body}"));
        return Encoding.ASCII.GetBytes(
            $$"""{"protected":"{{header}}","payload":"{{body}}","signature":"{{Base64Url.EncodeToString(signature)}}"}""");
    }

    private delegate byte[] Signer(ReadOnlySpan<byte> data);
}
