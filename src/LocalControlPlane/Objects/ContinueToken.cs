using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using LocalControlPlane.Errors;

namespace LocalControlPlane.Objects;

/// <summary>Where a page of a list ended, and as of which revision the list is.</summary>
internal sealed record ContinueToken(long Revision, string Namespace, string Name)
{
    public string Encode() =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, ContinueTokenJson.Default.ContinueToken));

    /// <exception cref="ApiException">400: it is none of ours.</exception>
    public static ContinueToken Decode(string text)
    {
        try
        {
            var token = JsonSerializer.Deserialize(Base64Url.DecodeFromChars(text), ContinueTokenJson.Default.ContinueToken);
            if (token is { Namespace: not null, Name: not null }) return token;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            // Said below, as for a token that lacks its parts.
        }

        throw Failure.BadRequest("continue key is not valid: give the one of the page before, unchanged");
    }
}

[JsonSerializable(typeof(ContinueToken))]
internal sealed partial class ContinueTokenJson : JsonSerializerContext;
