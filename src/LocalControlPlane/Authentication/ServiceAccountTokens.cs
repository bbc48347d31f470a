using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LocalControlPlane.Objects;
using LocalControlPlane.Storage;

namespace LocalControlPlane.Authentication;

/// <summary>
/// Tokens by which programs log in as service accounts: JSON Web Tokens (RFC 7519), signed with a key that only this server has
/// (HS256). They end with their time, and with their account.
/// </summary>
internal sealed class ServiceAccountTokens(byte[] key, ObjectStore store, TimeProvider clock)
{
    public const string Accounts = "serviceaccounts";

    private const string Issuer = "sstp-operator-local";

    /// <summary>Longer is no token; ours are a tenth of that.</summary>
    private const int LongestToken = 4096;

    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    /// <summary>Makes a token for an account.</summary>
    /// <param name="account">As stored.</param>
    public string Issue(StoredObject account, DateTimeOffset expires)
    {
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = Identity.OfServiceAccount(account.Key.Namespace, account.Key.Name).Name,
            ["iat"] = clock.GetUtcNow().ToUnixTimeSeconds(),
            ["exp"] = expires.ToUnixTimeSeconds(),
            ["namespace"] = account.Key.Namespace,
            ["name"] = account.Key.Name,
            ["uid"] = account.Uid,
        };
        var signed = $"{Header}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(signed))}";
    }

    /// <summary>Whose token it is; null when it is none of ours, its time is over, or its account is gone.</summary>
    public Identity? Read(string token)
    {
        // The signature comes first: what is behind it was written here.
        if (token.Length > LongestToken || token.Split('.') is not [var header, var claims, var signature] || header != Header)
            return null;
        if (!TryDecode(signature, out var given) || !CryptographicOperations.FixedTimeEquals(given, Sign($"{header}.{claims}")))
            return null;
        if (!TryDecode(claims, out var json)) return null;

        var read = JsonNode.Parse(json) as JsonObject;
        if (read.Text("namespace") is not { } space || read.Text("name") is not { } name) return null;
        if (read.Number("exp") <= clock.GetUtcNow().ToUnixTimeSeconds()) return null;

        // An account of the same name that was made later is another one.
        return store.Find(new ObjectKey(Accounts, space, name)) is { } account && account.Uid == read.Text("uid")
            ? Identity.OfServiceAccount(space, name)
            : null;
    }

    private byte[] Sign(string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : [];
        return bytes.Length > 0;
    }
}
