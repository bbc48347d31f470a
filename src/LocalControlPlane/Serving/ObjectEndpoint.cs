using System.Text.Json.Nodes;
using LocalControlPlane.Errors;
using LocalControlPlane.Objects;
using LocalControlPlane.Resources;
using LocalControlPlane.Storage;
using Microsoft.AspNetCore.Http;

namespace LocalControlPlane.Serving;

/// <summary>Objects and collections of objects over HTTP: get, list, create, replace, patch and delete.</summary>
internal sealed class ObjectEndpoint(
    ObjectReader reader, ObjectWriter writer, ObjectRemover remover, WatchEndpoint watches, TableAnswer tables)
{
    /// <param name="permit">What the writer may store; null for everything.</param>
    public Task ServeAsync(HttpContext context, ResourceType type, ResourcePath path, Action<JsonObject>? permit)
    {
        var request = context.Request;
        return (request.Method, path.Name) switch
        {
            ("GET" or "HEAD", _) when RequestQuery.IsWatch(request) => watches.ServeAsync(context, type, path),
            ("GET" or "HEAD", null) => ListAsync(context, type, path.Namespace),
            ("GET" or "HEAD", not null) => GetAsync(context, type, Key(type, path)),
            ("POST", null) => CreateAsync(context, type, path, permit),
            ("PUT", not null) => ReplaceAsync(context, type, Key(type, path), WritePath.Main, permit),
            ("PATCH", not null) => PatchAsync(context, type, Key(type, path), WritePath.Main, permit),
            ("DELETE", not null) => DeleteAsync(context, type, Key(type, path)),
            ("DELETE", null) => DeleteAllAsync(context, type, path.Namespace),
            _ => throw Failure.MethodNotAllowed(request.Method),
        };
    }

    /// <summary><c>/status</c>: the whole object is shown, only its status is written.</summary>
    public Task ServeStatusAsync(HttpContext context, ResourceType type, ResourcePath path) => context.Request.Method switch
    {
        "GET" or "HEAD" => GetAsync(context, type, Key(type, path)),
        "PUT" => ReplaceAsync(context, type, Key(type, path), WritePath.Status, permit: null),
        "PATCH" => PatchAsync(context, type, Key(type, path), WritePath.Status, permit: null),
        var method => throw Failure.MethodNotAllowed(method),
    };

    public static ObjectKey Key(ResourceType type, ResourcePath path)
    {
        if (type.IsNamespaced != path.Namespace is not null) throw Failure.NoSuchPath();
        return new ObjectKey(type.StorageName, path.Namespace ?? "", path.Name!);
    }

    private Task ListAsync(HttpContext context, ResourceType type, string? space)
    {
        var page = reader.List(type, RequestQuery.List(context.Request, type, space));
        return TableAnswer.IsAskedFor(context.Request)
            ? tables.ListAsync(context, type, page)
            : Answer.ListAsync(context, type, page);
    }

    private Task GetAsync(HttpContext context, ResourceType type, ObjectKey key) =>
        ObjectAsync(context, StatusCodes.Status200OK, type, reader.Get(type, key));

    private async Task CreateAsync(HttpContext context, ResourceType type, ResourcePath path, Action<JsonObject>? permit)
    {
        if (type.IsNamespaced != path.Namespace is not null) throw Failure.MethodNotAllowed("POST");
        var options = RequestQuery.Write(context.Request) with { Permit = permit };
        var body = await RequestBody.ReadObjectAsync(context.Request).ConfigureAwait(false);
        Answer.Warn(context, body.CheckDuplicates(options.Validation));
        await ResultAsync(
            context, type, await writer.CreateAsync(type, path.Namespace ?? "", body.AsObject(), options).ConfigureAwait(false))
            .ConfigureAwait(false);
    }

    private async Task ReplaceAsync(
        HttpContext context, ResourceType type, ObjectKey key, WritePath path, Action<JsonObject>? permit)
    {
        var options = RequestQuery.Write(context.Request) with { Permit = permit };
        var body = await RequestBody.ReadObjectAsync(context.Request).ConfigureAwait(false);
        Answer.Warn(context, body.CheckDuplicates(options.Validation));
        await ResultAsync(
            context, type, await writer.ReplaceAsync(type, key, body.AsObject(), path, options).ConfigureAwait(false))
            .ConfigureAwait(false);
    }

    private async Task PatchAsync(
        HttpContext context, ResourceType type, ObjectKey key, WritePath path, Action<JsonObject>? permit)
    {
        var mediaType = RequestBody.MediaType(context.Request);
        var isApply = mediaType == Patch.ServerSideApply;
        var options = RequestQuery.Write(context.Request, isApply) with { Permit = permit };
        Patch.CheckMediaType(type, mediaType);
        var body = await RequestBody.ReadPatchAsync(context.Request).ConfigureAwait(false);
        Answer.Warn(context, body.CheckDuplicates(options.Validation));
        var result = isApply
            ? await writer.ApplyAsync(type, key, body.AsObject(), path, options).ConfigureAwait(false)
            : await writer
                .ChangeAsync(type, key, path, (stored, _) => Patch.Apply(type.Schema, mediaType, stored, body.Node), options)
                .ConfigureAwait(false);
        await ResultAsync(context, type, result).ConfigureAwait(false);
    }

    private async Task DeleteAsync(HttpContext context, ResourceType type, ObjectKey key)
    {
        var options = await DeleteRequest.ReadAsync(context.Request).ConfigureAwait(false);
        var result = await remover.DeleteAsync(type, key, options).ConfigureAwait(false);
        if (!result.IsGone) await ObjectAsync(context, StatusCodes.Status200OK, type, result.Stored).ConfigureAwait(false);
        else await Answer.NodeAsync(
            context, StatusCodes.Status200OK, StatusObject.Deleted(key.Name, type.Group, type.Plural, result.Stored.Uid))
            .ConfigureAwait(false);
    }

    private async Task DeleteAllAsync(HttpContext context, ResourceType type, string? space)
    {
        if (type.IsNamespaced && space is null) throw Failure.MethodNotAllowed("DELETE");
        var options = await DeleteRequest.ReadAsync(context.Request).ConfigureAwait(false);
        var selection = RequestQuery.Selection(context.Request, type, space);
        var revision = reader.List(type, new ListOptions(selection)).Revision;
        var deleted = await remover.DeleteAllAsync(type, selection, options).ConfigureAwait(false);
        await Answer.ListAsync(context, type, new ListPage(revision, deleted, null, null)).ConfigureAwait(false);
    }

    private Task ResultAsync(HttpContext context, ResourceType type, WriteResult result)
    {
        Answer.Warn(context, result.Warnings);
        return ObjectAsync(
            context, result.IsCreated ? StatusCodes.Status201Created : StatusCodes.Status200OK, type, result.Stored);
    }

    private Task ObjectAsync(HttpContext context, int code, ResourceType type, StoredObject stored) =>
        TableAnswer.IsAskedFor(context.Request)
            ? tables.ObjectAsync(context, code, type, stored)
            : Answer.BytesAsync(context, code, stored.Json);
}
