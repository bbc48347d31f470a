using LocalControlPlane.Objects;
using LocalControlPlane.Resources;
using LocalControlPlane.Storage;
using Microsoft.AspNetCore.Http;

namespace LocalControlPlane.Serving;

/// <summary>Objects as the rows of a table, for clients that ask for it in Accept.</summary>
internal static class TableAnswer
{
    public static bool IsAskedFor(HttpRequest request) => false;

    public static Task ListAsync(HttpContext context, ResourceType type, ListPage page) => Answer.ListAsync(context, type, page);

    public static Task ObjectAsync(HttpContext context, int code, ResourceType type, StoredObject stored) =>
        Answer.BytesAsync(context, code, stored.Json);

    public static ReadOnlyMemory<byte> Row(HttpRequest request, ResourceType type, StoredObject stored) => stored.Json;
}
