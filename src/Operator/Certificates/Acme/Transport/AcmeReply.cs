using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Operator.Certificates.Acme.Transport;

/// <summary>A successful answer of a CA.</summary>
/// <param name="Operation">What was asked, for error texts.</param>
/// <param name="RetryAt">When the CA wants to be asked again, if it said so.</param>
/// <param name="Alternates">Other chains of the same certificate (RFC 8555 section 7.4.2).</param>
internal sealed record AcmeReply(
    string Operation, byte[] Body, Uri? Location, DateTimeOffset? RetryAt, IReadOnlyList<Uri> Alternates)
{
    /// <exception cref="AcmeUnreachableException">It is not what RFC 8555 says it should be.</exception>
    public T Read<T>(JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(Body, type) ?? throw new JsonException("null instead of an object");
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException or FormatException)
        {
            throw new AcmeUnreachableException(Operation, $"its answer cannot be read: {failure.Message}", failure, RetryAt);
        }
    }

    /// <exception cref="AcmeUnreachableException">There is none.</exception>
    public Uri RequireLocation() => Location ?? throw new AcmeUnreachableException(Operation, "its answer names no Location");
}
