using System.Buffers.Text;

namespace Operator.Certificates.Acme.Jose;

/// <summary>What a CA hands to its customers so that an ACME account can be tied to theirs (RFC 8555 section 7.3.4).</summary>
/// <param name="KeyId">An opaque text.</param>
internal sealed record ExternalAccount(string KeyId, byte[] MacKey)
{
    /// <param name="macKey">As CAs print it: base64url, though some print base64.</param>
    /// <returns>False when it is neither.</returns>
    public static bool TryRead(string keyId, string macKey, out ExternalAccount? account)
    {
        account = null;
        var text = macKey.Trim().TrimEnd('=').Replace('+', '-').Replace('/', '_');
        if (text.Length == 0 || !Base64Url.IsValid(text)) return false;

        account = new ExternalAccount(keyId.Trim(), Base64Url.DecodeFromChars(text));
        return true;
    }

    /// <summary>Says nothing of the key.</summary>
    public override string ToString() => $"external account {KeyId}";
}
