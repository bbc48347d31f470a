using System.Text.Json;

namespace KubeApi.Objects;

/// <summary>How deep an object may nest and still be read.</summary>
/// <remarks>
/// As deep as API servers take: Go's reader refuses more. Whoever may write any object decides how deep its managedFields are,
/// and a reader that gave up sooner would see nothing more of the kind.
/// </remarks>
internal static class JsonDepth
{
    public const int Deepest = 10_000;

    public static readonly JsonReaderOptions Reading = new() { MaxDepth = Deepest };

    public static readonly JsonDocumentOptions Parsing = new() { MaxDepth = Deepest };

    public static readonly JsonWriterOptions Writing = new() { MaxDepth = Deepest };
}
