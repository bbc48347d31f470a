using System.Globalization;
using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Objects;
using LocalControlPlane.Resources;
using LocalControlPlane.Schemas;
using LocalControlPlane.Storage;
using Microsoft.AspNetCore.Http;

namespace LocalControlPlane.Serving;

/// <summary><c>/scale</c>: the replicas of any kind that has them, as one <c>autoscaling/v1 Scale</c>.</summary>
internal sealed class ScaleEndpoint(ObjectReader reader, ObjectWriter writer)
{
    // A Scale has no lists that a patch could merge.
    private static readonly StructuralSchema Shape = new() { Type = SchemaType.Object, PreservesUnknownFields = true };

    public async Task ServeAsync(HttpContext context, ResourceType type, ResourcePath path)
    {
        var scale = type.Scale ?? throw Failure.NoSuchPath();
        var key = ObjectEndpoint.Key(type, path);
        var method = context.Request.Method;
        if (method is "GET" or "HEAD")
        {
            await AnswerAsync(context, scale, reader.Get(type, key)).ConfigureAwait(false);
            return;
        }

        if (method is not ("PUT" or "PATCH")) throw Failure.MethodNotAllowed(method);
        var mediaType = RequestBody.MediaType(context.Request);
        var options = RequestQuery.Write(context.Request);
        if (method == "PATCH") Patch.CheckMediaType(type, mediaType);
        var body = method == "PUT"
            ? await RequestBody.ReadObjectAsync(context.Request).ConfigureAwait(false)
            : await RequestBody.ReadPatchAsync(context.Request).ConfigureAwait(false);
        var result = await writer.ChangeAsync(type, key, WritePath.Main, (live, stored) =>
        {
            var wanted = method == "PUT" ? body.AsObject() : Patch.Apply(Shape, mediaType, Show(scale, stored), body.Node);
            return Scale(type, scale, live, wanted);
        }, options).ConfigureAwait(false);
        await AnswerAsync(context, scale, result.Stored).ConfigureAwait(false);
    }

    private static JsonObject Scale(ResourceType type, ScalePaths scale, JsonObject live, JsonObject wanted)
    {
        var replicas = (wanted["spec"] as JsonObject).Number("replicas");
        if (replicas < 0)
            throw Failure.Invalid(type, live.MetadataText("name")!, "spec.replicas", "must be greater than or equal to 0");

        var parent = live;
        foreach (var name in scale.SpecReplicas.SkipLast(1))
        {
            if (parent[name] is not JsonObject) parent[name] = new JsonObject();
            parent = parent[name]!.AsObject();
        }

        parent[scale.SpecReplicas[^1]] = replicas;
        if (wanted.MetadataText("resourceVersion") is { } revision) live.Metadata()["resourceVersion"] = revision;
        return live;
    }

    private static Task AnswerAsync(HttpContext context, ScalePaths scale, StoredObject stored) =>
        Answer.NodeAsync(context, StatusCodes.Status200OK, Show(scale, stored));

    private static JsonObject Show(ScalePaths scale, StoredObject stored)
    {
        var body = stored.ToMutable();
        var metadata = new JsonObject();
        foreach (var name in (string[])["name", "namespace", "uid", "resourceVersion", "creationTimestamp"])
            if (body["metadata"]?[name] is { } value) metadata[name] = value.DeepClone();

        var status = new JsonObject { ["replicas"] = Find(body, scale.StatusReplicas)?.DeepClone() ?? 0 };
        if (scale.Selector is not null && Find(body, scale.Selector) is { } selector) status["selector"] = selector.DeepClone();
        else if (MatchLabels(body) is { Length: > 0 } labels) status["selector"] = labels;
        return new JsonObject
        {
            ["kind"] = "Scale",
            ["apiVersion"] = "autoscaling/v1",
            ["metadata"] = metadata,
            ["spec"] = new JsonObject { ["replicas"] = Find(body, scale.SpecReplicas)?.DeepClone() ?? 0 },
            ["status"] = status,
        };
    }

    private static JsonNode? Find(JsonObject body, IReadOnlyList<string> path) =>
        path.Aggregate((JsonNode?)body, (node, name) => (node as JsonObject)?[name]);

    private static string MatchLabels(JsonObject body) =>
        body["spec"]?["selector"]?["matchLabels"] is JsonObject labels
            ? string.Join(',', labels.Select(label => string.Create(CultureInfo.InvariantCulture, $"{label.Key}={label.Value}")))
            : "";
}
