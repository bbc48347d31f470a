using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalControlPlane.Formats;

/// <summary>How deep documents may nest. What walks them calls itself, and a stack that is full ends the process.</summary>
internal static class JsonDepth
{
    /// <summary>Of what is sent, and of what a patch leaves; real objects stay below 40.</summary>
    public const int Sent = 128;

    /// <summary>Of what is stored and answered: what was sent, with the bookkeeping of who owns its fields, in a list.</summary>
    public const int Stored = 2 * Sent;

    public static readonly JsonDocumentOptions ReadStored = new() { MaxDepth = Stored };

    /// <summary>0 for a value that holds no others, 1 for what holds such, and so on.</summary>
    public static int Of(JsonNode? node) => node switch
    {
        JsonObject fields => 1 + fields.Select(field => Of(field.Value)).DefaultIfEmpty().Max(),
        JsonArray elements => 1 + elements.Select(Of).DefaultIfEmpty().Max(),
        _ => 0,
    };
}
